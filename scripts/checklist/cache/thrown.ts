/** What the code throws. */
export class Thrown extends Error {
  override readonly name = 'Thrown';
}
