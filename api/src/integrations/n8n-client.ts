import { ServiceUnavailableError } from '../errors.ts';
import { registerSecret } from '../observability/logger.ts';
import { IntegrationCircuit } from './integration-circuit.ts';
import { integrationError } from './integration-errors.ts';

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

  constructor({ webhookUrl, timeoutSeconds = 10 }: N8nSettings) {
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
      throw integrationError('n8n', { kind: 'answer', status: response.status, retryAfter }, undefined);
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
