/** Parts that have to be ended, the last one first. */
export interface Cleanup {
  /** Has `part` ended with the others. @throws when those have been ended meanwhile; this one is then, too */
  keep: <T>(part: T, end: (part: T) => Promise<unknown>) => T;
  run: () => Promise<void>;
}

export function createCleanup(): Cleanup {
  const ends: (() => Promise<unknown>)[] = [];
  let over = false;
  return {
    keep(part, end) {
      if (over) {
        end(part).catch(() => undefined);
        throw new Error('It is over already');
      }
      ends.push(() => end(part));
      return part;
    },
    async run() {
      over = true;
      for (const end of ends.reverse()) await end().catch(() => undefined);
    },
  };
}
