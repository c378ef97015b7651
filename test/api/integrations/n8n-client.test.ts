import { N8nClient } from '../../../api/src/integrations/n8n-client.ts';
import { logger } from '../../../api/src/observability/logger.ts';
import { captureLogs } from '../../support/log-capture.ts';
import type { Fault } from '../../support/loopback-server.ts';
import { type N8nServer, startN8nServer } from '../../support/n8n-server.ts';
import { failureOf } from './failure-of.ts';

const event = { event: 'daily-report', dashboard: { totals: { spend: 12.5 } } };

describe('N8nClient', () => {
  let server: N8nServer;

  beforeAll(async () => {
    server = await startN8nServer();
  });
  afterEach(() => server.heal());
  afterAll(() => server.close());

  const client = (settings: object = {}) => new N8nClient({ webhookUrl: server.webhookUrl, ...settings });

  test('posts the event to the webhook', async () => {
    const n8n = client();
    expect(n8n.configured).toBe(true);
    await n8n.send(event);
    await n8n.send({ event: 'other' });
    expect(server.events).toEqual([event, { event: 'other' }]);
    expect(server.requests.at(-1)?.headers).not.toHaveProperty('idempotency-key');
  });

  test('names an event that may come again where proxies and workflows look for it', async () => {
    await client().send({ ...event, id: 'report:2026-03-01' });
    expect(server.requests.at(-1)?.headers['idempotency-key']).toBe('report:2026-03-01');
    expect(server.events.at(-1)).toEqual({ ...event, id: 'report:2026-03-01' });
  });

  test('says what to set when it is not configured', async () => {
    const n8n = new N8nClient({});
    expect(n8n.configured).toBe(false);
    const failure = await failureOf(n8n.send(event));
    expect(failure).toMatchObject({ status: 503, message: 'n8n is not configured: set N8N_WEBHOOK_URL' });
  });

  test.each<[string, Fault, number, unknown]>([
    ['401', { status: 401 }, 502, 'n8n refused the configured credentials (401)'],
    ['404', { status: 404 }, 502, expect.stringContaining('publish the workflow, and use its /webhook/ URL')],
    ['500', { status: 500 }, 502, 'n8n answered with status 500'],
    ['503', { status: 503 }, 503, 'n8n is unavailable'],
    ['a closed connection', 'drop', 503, 'n8n cannot be reached'],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }, 502, 'n8n answered with status 302'],
  ])('turns %s into a typed error, on one try', async (_, fault, status, detail) => {
    server.fail(fault);
    server.requests.length = 0;
    expect(await failureOf(client().send(event))).toMatchObject({ status, message: detail });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ['seconds', '12', /^12$/],
    ['a date', new Date(Date.now() + 90_000).toUTCString(), /^(8[5-9]|90)$/],
    ['nonsense', 'soon', /^30$/],
  ])('passes a limit on with its Retry-After in %s', async (_, header, expected) => {
    server.fail({ status: 429, headers: { 'retry-after': header } });
    const failure = await failureOf(client().send(event));
    expect(failure).toMatchObject({
      status: 429,
      headers: { 'Retry-After': expect.stringMatching(expected) },
    });
  });

  test('gives up on an answer that does not come', async () => {
    server.fail('hang');
    const failure = await failureOf(client({ timeoutSeconds: 0.05 }).send(event));
    expect(failure).toMatchObject({ status: 504, message: 'n8n did not answer within 0.05 s' });
  });

  test('treats the webhook’s URL as a secret', async () => {
    const logs = captureLogs();
    server.fail('drop');
    const failure = await failureOf(client().send(event));
    logger.error(`Sending to ${server.webhookUrl} failed`, { error: failure });
    logs.stop();
    expect(failure.message).not.toContain('test-hook-not-real');
    expect(logs.lines.join('\n')).toContain('failed');
    expect(logs.lines.join('\n')).not.toContain('test-hook-not-real');
  });
});
