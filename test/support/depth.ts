/** `npm run test:deep` looks for what is rare; it runs the files that say how deep they go. */
const isDeep = process.env.TEST_DEPTH === 'deep';

/** So many runs of a property, or rounds: many where time is taken for it, else enough to see it broken. */
export function depth(deep: number, usual: number): number {
  return isDeep ? deep : usual;
}
