import intersects from 'semver/ranges/intersects.js';
import validRange from 'semver/ranges/valid.js';

/** Majors of Express that a range could mean; later ones behave as the last does. */
const KNOWN = [1, 2, 3, 4, 5, 6, 7];

/**
 * The majors that a dependency's range allows, the lowest first; undefined for what is no range (a tag such as
 * `latest`, an address), which allows whatever its owner gives it.
 */
export function majorsOfRange(range: string): number[] | undefined {
  const plain = range.trim().replace(/^npm:(@?[^@]+@)?/, '');
  if (plain === '' || validRange(plain) === null) return undefined;
  return KNOWN.filter((major) => intersects(plain, `^${major}.0.0-0`, { includePrerelease: true }));
}

/** The major of one version as a lock file or a manifest writes it, with or without what follows the numbers. */
export function majorOfVersion(version: unknown): number | undefined {
  const major = typeof version === 'string' ? /^v?(\d+)\.\d/.exec(version)?.[1] : undefined;
  return major === undefined ? undefined : Number(major);
}
