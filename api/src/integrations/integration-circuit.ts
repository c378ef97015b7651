import { Circuit, CircuitOpenError, type CircuitVerdict } from '../resilience/circuit.ts';
import { failureOf, IntegrationUnavailableError } from './integration-errors.ts';
import {
  countIntegrationCall,
  type IntegrationSystem,
  outcomeOf,
  showIntegrationCircuit,
} from './integration-metrics.ts';

/** A few failures in a row open it; one call among others that fails by itself does not. Seconds. */
const OPTIONS = { minimum: 4, ratio: 0.75, window: 60, probeAfter: 30 };

/** Counts the calls to a system, and keeps them from it while it is down: it is asked again half a minute later. */
export class IntegrationCircuit {
  readonly #circuit: Circuit;
  readonly #system: IntegrationSystem;

  /** @param system its name, for the error and the metrics */
  constructor(system: IntegrationSystem) {
    this.#system = system;
    this.#circuit = new Circuit({ ...OPTIONS, onChange: (state) => showIntegrationCircuit(system, state) });
  }

  /** @throws {IntegrationUnavailableError} at once, without a call, while the system is down */
  async run<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await this.#circuit.run(work, verdictOf);
      countIntegrationCall(this.#system, 'ok');
      return result;
    } catch (error) {
      const isOpen = error instanceof CircuitOpenError;
      countIntegrationCall(this.#system, isOpen ? 'not_sent' : outcomeOf(error));
      if (!isOpen) throw error;
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
