/** `[label]: target` on one line, which links of any part of a guide may name. */
const DEFINITION =
  /^ {0,3}\[([^\]\n^][^\]\n]*)\]:[ \t]*(?:<[^<>\n]*>|\S+)[ \t]*(?:"[^"\n]*"|'[^'\n]*')?[ \t]*\r?$/gm;

/** A guide without its definitions, which are blank lines of the same length there, and the definitions by label. */
export interface WithoutDefinitions {
  text: string;
  definitions: ReadonlyMap<string, string>;
}

/** Takes the definitions of links out of a guide, so that the rest can be read piece by piece. */
export function takeDefinitions(text: string): WithoutDefinitions {
  const definitions = new Map<string, string>();
  const rest = text.replace(DEFINITION, (line, label: string) => {
    const key = normalized(label);
    if (!definitions.has(key)) definitions.set(key, line.trim());
    return line.replace(/[^\r]/g, ' ');
  });
  return { text: definitions.size === 0 ? text : rest, definitions };
}

/** The definitions that a piece of the guide names, ready to stand behind it. */
export function definitionsFor(piece: string, definitions: ReadonlyMap<string, string>): string {
  if (definitions.size === 0) return '';
  const named = new Set(Array.from(piece.matchAll(/\[([^\]\n]+)\]/g), ([, label = '']) => normalized(label)));
  const lines = [...named].flatMap((label) => definitions.get(label) ?? []);
  return lines.length === 0 ? '' : `\n${lines.join('\n')}\n`;
}

function normalized(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}
