import { decode, encode } from '@jridgewell/sourcemap-codec';

/**
 * A source map without what it says of packages: that is nine tenths of what would be read at every start, for lines
 * that nobody here wrote.
 *
 * @param {string} text a source map
 * @returns {string} its JSON
 */
export function mapOfOwnSources(text) {
  const map = JSON.parse(text);
  const kept = map.sources.flatMap((source, index) => (source.includes('node_modules/') ? [] : [index]));
  const places = new Map(kept.map((index, place) => [index, place]));
  const lines = decode(map.mappings).map((segments) => {
    let own = true;
    return segments.flatMap((segment) => {
      const place = places.get(segment[1]);
      const was = own;
      own = place !== undefined;
      if (own) return [[segment[0], place, segment[2], segment[3]]];
      // One that names no source ends what stood before it.
      return was ? [[segment[0]]] : [];
    });
  });
  return JSON.stringify({
    version: 3,
    sources: kept.map((index) => map.sources[index]),
    names: [],
    mappings: encode(lines),
  });
}
