import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

const WEBHOOK_PATH = '/webhook/test-hook-not-real';

const NOT_REGISTERED = {
  code: 404,
  message: 'The requested webhook is not registered.',
  hint: 'The workflow must be active for a production URL to run successfully.',
};

export interface N8nServer extends LoopbackServer {
  webhookUrl: string;
  /** What the workflow received, in order. */
  events: Record<string, unknown>[];
}

/**
 * A stand-in for an n8n instance with one workflow, started by a webhook.
 * @param onEvent hears of each event as it comes
 */
export async function startN8nServer(
  onEvent: (event: Record<string, unknown>) => void = () => undefined,
): Promise<N8nServer> {
  const events: Record<string, unknown>[] = [];
  const server = await startLoopbackServer(({ method, path, headers, body }) => {
    if (path !== WEBHOOK_PATH || method !== 'POST') {
      return { status: 404, body: NOT_REGISTERED };
    }
    if (headers['content-type'] !== 'application/json') return { status: 415 };
    const event: Record<string, unknown> = JSON.parse(body);
    events.push(event);
    onEvent(event);
    return { status: 200, body: { message: 'Workflow was started' } };
  });
  return { ...server, webhookUrl: `${server.url}${WEBHOOK_PATH}`, events };
}
