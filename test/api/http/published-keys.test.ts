import { startApp, type TestApp } from '../../support/app.ts';
import { signToken } from '../../support/access-tokens.ts';
import { type KeyServer, startKeyServer } from '../../support/key-server.ts';

const realNow = Date.now;
let app: TestApp;
let issuer: KeyServer;

beforeEach(async () => {
  issuer = await startKeyServer();
  await issuer.rotate('RS256');
  app = await startApp({ env: { JWT_SECRET: '', JWT_JWKS_URL: issuer.url } });
});
afterEach(async () => {
  Date.now = realNow;
  await app.stop();
  await issuer.close();
});

async function statusFor(token: string): Promise<number> {
  const headers = { Authorization: `Bearer ${token}` };
  return (await app.request('GET', '/api/v1/chat/history', { headers })).status;
}

test.each(['RS256', 'ES256'] as const)(
  'tokens of a published %s key are taken, and the keys kept',
  async (algorithm) => {
    await issuer.rotate(algorithm);
    for (let round = 0; round < 5; round++) expect(await statusFor(await issuer.sign())).toBe(200);
    expect(issuer.requests).toBe(1);
  },
);

test('a new key is found when the issuer changes keys, and the old one is not taken any more', async () => {
  const old = await issuer.sign();
  expect(await statusFor(old)).toBe(200);
  await issuer.rotate('ES256');
  Date.now = () => realNow() + 10_000;
  expect(await statusFor(await issuer.sign())).toBe(200);
  expect(await statusFor(old)).toBe(401);
});

test('a token that was taken is not remembered beyond a look at the keys that misses its own', async () => {
  const revoked = await issuer.sign();
  for (let round = 0; round < 3; round++) expect(await statusFor(revoked)).toBe(200);
  await issuer.rotate('RS256');
  // It has the keys read anew while it passes: they were read ten minutes ago.
  Date.now = () => realNow() + 601_000;
  const fresh = await issuer.sign();
  expect(await statusFor(fresh)).toBe(200);
  expect(issuer.requests).toBe(2);
  expect(await statusFor(revoked)).toBe(401);
});

test('made-up keys do not have the issuer asked again and again', async () => {
  expect(await statusFor(await issuer.sign())).toBe(200);
  const stranger = await startKeyServer();
  for (let round = 0; round < 5; round++) {
    await stranger.rotate('ES256');
    expect(await statusFor(await stranger.sign({ role: 'admin' }))).toBe(401);
  }
  expect(issuer.requests).toBe(1);
  await stranger.close();
});

test('neither an HMAC, even one of the published key, nor another algorithm is taken', async () => {
  expect(await statusFor(await signToken())).toBe(401);
  const published = await (await fetch(issuer.url)).text();
  expect(await statusFor(await signToken({ secret: published }))).toBe(401);
  await issuer.rotate('PS256');
  expect(await statusFor(await issuer.sign())).toBe(401);
});

test('while the keys cannot be read the answer is 503, not 401', async () => {
  const token = await issuer.sign();
  await issuer.close();
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await app.request('GET', '/api/v1/chat/history', { headers });
  expect(answer).toMatchObject({ status: 503, body: { detail: 'Bearer tokens cannot be checked now' } });
});

test('known keys outlive the server of their issuer, and nobody waits for it', async () => {
  const token = await issuer.sign();
  expect(await statusFor(token)).toBe(200);
  await issuer.close();
  for (const minutes of [11, 60, 60 * 24]) {
    Date.now = () => realNow() + minutes * 60_000;
    const later = await issuer.sign();
    expect(await statusFor(later)).toBe(200);
    expect(await statusFor(later)).toBe(200);
  }
  Date.now = () => realNow() - 3 * 3_600_000;
  expect(await statusFor(await issuer.sign())).toBe(200);
  // Whether another key is good cannot be told.
  await issuer.rotate('ES256');
  expect(await statusFor(await issuer.sign())).toBe(503);
  expect(app.logs.filter((line) => line.includes(" WARN The issuer's keys cannot be read"))).toHaveLength(1);
});
