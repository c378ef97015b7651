import { Circuit, CircuitOpenError, type CircuitVerdict } from '../resilience/circuit.ts';
import { failureOf, IntegrationUnavailableError } from './integration-errors.ts';

/** A few failures in a row open it; one call among others that fails by itself does not. Seconds. */
const OPTIONS = { minimum: 4, ratio: 0.75, window: 60, probeAfter: 30 };

/** Keeps calls from a system that is down: it is asked again half a minute later. */
export class IntegrationCircuit {
  readonly #circuit = new Circuit(OPTIONS);
  readonly #system: string;

  /** @param system its name, for the error */
  constructor(system: string) {
    this.#system = system;
  }

  /** @throws {IntegrationUnavailableError} at once, without a call, while the system is down */
  async run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#circuit.run(work, verdictOf);
    } catch (error) {
      if (!(error instanceof CircuitOpenError)) throw error;
      throw new IntegrationUnavailableError(`${this.#system} is unavailable`, error.retryAfter);
    }
  }
}

function verdictOf(error: unknown): CircuitVerdict {
  const failure = failureOf(error);
  if (failure === undefined) return 'unknown';
  if (failure.kind === 'timeout' || failure.kind === 'network') return 'down';
  return failure.kind === 'answer' && failure.status >= 500 ? 'down' : 'up';
}
