import { startGraphServer } from '../test/support/graph/index.ts';
import { startN8nServer } from '../test/support/n8n-server.ts';
import { startApiProcess } from './dev/api-process.ts';
import { stateWithMissedRuns } from './dev/missed-runs.ts';
import { tellStory } from './dev/story.ts';
import { signToken } from './token/sign-token.ts';

/** Obviously not secret: they open nothing but this machine's stand-in. */
const DEV_ENV = {
  JWT_SECRET: 'development-jwt-secret-not-real-0123456789',
  JWT_ISSUER: 'facebook-agent-cache',
  JWT_AUDIENCE: 'facebook-agent-cache-api',
  API_KEY: 'development-api-key-not-real',
};
const TOKEN_TTL_SECONDS = 86_400;

if (process.argv.slice(2).some((argument) => ['--help', '-h'].includes(argument))) {
  process.stdout.write(`Usage: npm run dev

Serves the API on a stand-in for Facebook, without credentials, and prints tokens and calls to copy. PORT and the
other settings of .env.example count, apart from those of the stand-in. Ctrl+C ends both.
`);
  process.exit(0);
}

const graph = await startGraphServer({ latency: 'realistic' });
const n8n = await startN8nServer(onEvent);
// What the stand-in says must not be found in the history of the real account.
const state = await stateWithMissedRuns();
const api = startApiProcess({
  STATE_FILE: state.file,
  ...process.env,
  NODE_ENV: 'development',
  JWT_JWKS_URL: '',
  ...DEV_ENV,
  ...graph.env,
  N8N_WEBHOOK_URL: n8n.webhookUrl,
});
// Both get Ctrl+C from the terminal; a signal sent to this process alone is passed on.
process.on('SIGINT', () => api.kill('SIGINT'));
process.on('SIGTERM', () => api.kill('SIGTERM'));
void api.listening.then(introduce);
process.exitCode = await api.ended;
await Promise.all([graph.close(), n8n.close(), state.remove()]);

function onEvent({ event, message }: Record<string, unknown>): void {
  if (event === 'campaign-alert') process.stdout.write(`  an alert, to n8n   ${String(message)}\n`);
}

async function introduce(url: string): Promise<void> {
  const settings = {
    secret: DEV_ENV.JWT_SECRET,
    issuer: DEV_ENV.JWT_ISSUER,
    audience: DEV_ENV.JWT_AUDIENCE,
  };
  const token = (role: 'user' | 'admin') =>
    signToken({ sub: `dev-${role}`, role, ttlSeconds: TOKEN_TTL_SECONDS }, settings);
  const user = await token('user');
  process.stdout.write(`
The API runs on a stand-in for Facebook at ${graph.url}: no credentials, no real data.

  TOKEN=${user}
  ADMIN=${await token('admin')}
  KEY=${DEV_ENV.API_KEY}

  curl -H "Authorization: Bearer $TOKEN" '${url}/api/v1/campaigns?status=active&limit=5'
  curl -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
       -d '{"message": "Quais campanhas estão ativas?"}' ${url}/api/v1/chat
  curl -H "X-API-Key: $KEY" '${url}/api/v1/metrics/export?date_from=2026-01-01&date_until=2026-01-31'
  curl -X POST -H "Authorization: Bearer $ADMIN" ${url}/admin/invalidate-cache
  curl ${url}/health/agent-cache

Documentation: ${url}/docs, to read: ${url}/docs/reference    Ctrl+C ends both.

There is, to begin with:
`);
  const story = await tellStory(url, user).catch(() => []);
  process.stdout.write(`${story.join('\n')}\n`);
}
