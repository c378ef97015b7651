import { UsageError } from '../../cli/usage-error.ts';

/** How a cache module may be written. */
export interface Manner {
  sync: boolean;
  keyed: boolean;
  library: boolean;
}

/** Every way in which a module may be written; the library gives nothing at once. */
const MANNERS: readonly Manner[] = [false, true].flatMap((keyed) => [
  { keyed, sync: false, library: false },
  { keyed, sync: true, library: false },
  { keyed, sync: false, library: true },
]);

/**
 * The manner in which a module was written that is byte for byte what is written of its tree; undefined for one that was
 * edited, or that somebody wrote by hand.
 *
 * @param textIn the text that the tree gives a module of a manner; it may refuse one with a UsageError
 */
export async function mannerOf(
  present: string,
  textIn: (manner: Manner) => Promise<string>,
): Promise<Manner | undefined> {
  for (const manner of MANNERS) {
    try {
      if ((await textIn(manner)) === present) return manner;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
    }
  }
  return undefined;
}

/** Whether a module of one manner lacks what is asked for. */
export function lacks(has: Manner, asked: Manner): boolean {
  return (['sync', 'keyed', 'library'] as const).some((each) => asked[each] && !has[each]);
}

/** A module of both manners. */
export function both(one: Manner, other: Manner): Manner {
  return {
    sync: one.sync || other.sync,
    keyed: one.keyed || other.keyed,
    library: one.library || other.library,
  };
}
