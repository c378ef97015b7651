/** A path to migrate does not exist or cannot be read. */
export class UnreadablePathError extends Error {
  override readonly name = 'UnreadablePathError';
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(`Cannot read ${path}`, options);
    this.path = path;
  }
}
