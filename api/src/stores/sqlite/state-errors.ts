import { ServiceUnavailableError } from '../../errors.ts';

/** The state file cannot be used at all: the message is one line that says what to do. */
export class StateFileError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StateFileError';
  }
}

/** What was to be remembered could not be written, or not be read, now. */
export class StateUnavailableError extends ServiceUnavailableError {
  constructor(options: ErrorOptions) {
    super('What this service remembers cannot be reached now', undefined, options);
  }
}
