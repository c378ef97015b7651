import { ServiceUnavailableError } from '../errors.ts';
import { registerSecret } from '../observability/logger.ts';
import { IntegrationCircuit } from './integration-circuit.ts';
import { integrationError } from './integration-errors.ts';

/** n8n says so of a workflow that nobody has published, and of a test URL that was used once. */
const NOT_REGISTERED =
  'publish the workflow, and use its /webhook/ URL: one with /webhook-test/ works once, while the editor listens';
/** A workflow that answers "when last node finishes" takes as long as all of it. */
const DEFAULT_TIMEOUT_SECONDS = 60;

export interface N8nSettings {
  /** Whoever knows it may start the workflow: it is treated as a secret. */
  webhookUrl?: string;
  timeoutSeconds?: number;
}

/** What a workflow receives. `event` says which kind it is. */
export interface N8nEvent {
  event: string;
  /** The same when it is sent again: goes as `Idempotency-Key` too. */
  id?: string;
  [field: string]: unknown;
}

/** Starts an n8n workflow through its webhook. */
export class N8nClient {
  readonly #webhookUrl: string | undefined;
  readonly #timeoutSeconds: number;
  readonly #circuit = new IntegrationCircuit('n8n');

  constructor({ webhookUrl, timeoutSeconds = DEFAULT_TIMEOUT_SECONDS }: N8nSettings) {
    this.#webhookUrl = webhookUrl;
    this.#timeoutSeconds = timeoutSeconds;
    if (webhookUrl !== undefined) registerSecret(webhookUrl);
  }

  get configured(): boolean {
    return this.#webhookUrl !== undefined;
  }

  /**
   * Sends one event; resolves once n8n has accepted it.
   * @throws {ServiceUnavailableError} without a webhook URL
   * @throws a typed error of `integration-errors.ts` when n8n does not take the event
   */
  async send(event: N8nEvent): Promise<void> {
    if (this.#webhookUrl === undefined) {
      throw new ServiceUnavailableError('n8n is not configured: set N8N_WEBHOOK_URL');
    }
    const url = this.#webhookUrl;
    await this.#circuit.run(() => this.#send(url, event));
  }

  async #send(url: string, event: N8nEvent): Promise<void> {
    const response = await this.#post(url, event);
    // An unread body would keep its connection from being used again.
    await response.body?.cancel();
    if (!response.ok) {
      const retryAfter = response.headers.get('retry-after');
      const { status } = response;
      const hint = status === 404 ? NOT_REGISTERED : undefined;
      throw integrationError('n8n', { kind: 'answer', status, retryAfter, hint }, undefined);
    }
  }

  async #post(url: string, event: N8nEvent): Promise<Response> {
    const signal = AbortSignal.timeout(this.#timeoutSeconds * 1000);
    try {
      const headers = {
        'content-type': 'application/json',
        ...(event.id !== undefined && { 'idempotency-key': event.id }),
      };
      const body = JSON.stringify(event);
      return await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    } catch (error) {
      const failure = signal.aborted
        ? ({ kind: 'timeout', seconds: this.#timeoutSeconds } as const)
        : ({ kind: 'network' } as const);
      throw integrationError('n8n', failure, error);
    }
  }
}
