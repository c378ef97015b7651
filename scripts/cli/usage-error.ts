/** A wrong call, or something in the way of one: its message is one line that says what to do; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
