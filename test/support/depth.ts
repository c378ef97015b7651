/** `npm run test:deep` looks for what is rare; it runs the files that say how deep they go. */
const isDeep = process.env.TEST_DEPTH === 'deep';

/** So many runs of a property, or rounds: many where time is taken for it, else enough to see it broken. */
export function depth(deep: number, usual: number): number {
  return isDeep ? deep : usual;
}

/** Rows of a wide table whose rows take long: each fourth for every day, all of them where time is taken. */
export function someOf<Row>(rows: readonly Row[]): Row[] {
  return rows.filter((_, index) => index % depth(1, 4) === 0);
}

/** A test of what is rare that takes long: only where time is taken, and ended after so many milliseconds. */
export function deeply(name: string, run: () => Promise<void>, limit?: number): void {
  if (isDeep) test(name, run, limit);
}
