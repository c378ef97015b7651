import { jwtVerify, SignJWT } from 'jose';
import { startApp, type TestApp } from '../../support/app.ts';
import { signToken, TEST_JWT_SECRET } from '../../support/access-tokens.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ warm: true });
});
afterAll(() => app.stop());

const as = (authorization: string) =>
  app.request('GET', '/api/v1/campaigns?limit=1', { headers: { Authorization: authorization } });

async function numberedSubject(): Promise<string> {
  const { payload } = await jwtVerify(await signToken(), new TextEncoder().encode(TEST_JWT_SECRET));
  const token = new SignJWT({ ...payload, sub: 5 as unknown as string }).setProtectedHeader({ alg: 'HS256' });
  return `Bearer ${await token.sign(new TextEncoder().encode(TEST_JWT_SECRET))}`;
}

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a good token is let in, whatever the case of its scheme', async () => {
  const token = await signToken();
  expect((await as(`Bearer ${token}`)).status).toBe(200);
  expect((await as(`bearer ${token}`)).status).toBe(200);
});

test('a clock that is off by seconds does no harm', async () => {
  expect((await as(`Bearer ${await signToken({ ttl: -2 })}`)).status).toBe(200);
});

test.each([
  ['no scheme', async () => await signToken(), 'A bearer token is required'],
  ['another scheme', async () => 'Basic dXNlcjpwYXNz', 'A bearer token is required'],
  ['two tokens', async () => `Bearer ${await signToken()} x`, 'A bearer token is required'],
  ['garbage', async () => 'Bearer garbage', 'The bearer token is not valid'],
  ['an expired one', async () => `Bearer ${await signToken({ ttl: -60 })}`, 'The bearer token has expired'],
  [
    'another secret',
    async () => `Bearer ${await signToken({ secret: 'y'.repeat(40) })}`,
    'The bearer token is not valid',
  ],
  [
    'another issuer',
    async () => `Bearer ${await signToken({ issuer: 'x' })}`,
    'The bearer token is not valid',
  ],
  [
    'another audience',
    async () => `Bearer ${await signToken({ audience: 'x' })}`,
    'The bearer token is not valid',
  ],
  [
    'another algorithm',
    async () => `Bearer ${await signToken({ algorithm: 'HS512', secret: 'z'.repeat(64) })}`,
    'The bearer token is not valid',
  ],
  ['a subject that is no text', numberedSubject, 'The bearer token is not valid'],
  ['no subject', async () => `Bearer ${await signToken({ sub: '' })}`, 'The bearer token is not valid'],
  [
    'no signature',
    async () => `Bearer ${base64({ alg: 'none' })}.${base64({ sub: 'x', role: 'admin', exp: 4e9 })}.`,
    'The bearer token is not valid',
  ],
])('401 for %s', async (_, authorization, detail) => {
  const { status, body, headers } = await as(await authorization());
  expect({ status, detail: body.detail }).toEqual({ status: 401, detail });
  expect(headers.get('WWW-Authenticate')).toMatch(/^Bearer/);
});

test('a role that is unknown is a user, not an administrator', async () => {
  const token = await signToken({ role: 'superadmin' });
  const headers = { Authorization: `Bearer ${token}` };
  expect((await app.request('GET', '/api/v1/campaigns?limit=1', { headers })).status).toBe(200);
  expect((await app.request('POST', '/admin/invalidate-cache', { headers })).status).toBe(403);
});

test('a token whose end is in milliseconds is refused, one of five years is not', async () => {
  expect((await as(`Bearer ${await signToken({ ttl: 1_800_000_000_000 })}`)).status).toBe(401);
  expect((await as(`Bearer ${await signToken({ ttl: 11 * 366 * 86_400 })}`)).status).toBe(401);
  expect((await as(`Bearer ${await signToken({ ttl: 5 * 366 * 86_400 })}`)).status).toBe(200);
});

test('a token that was taken a moment ago is refused once it has expired, and one byte beside it at once', async () => {
  const token = await signToken({ ttl: 20 });
  for (let round = 0; round < 3; round++) expect((await as(`Bearer ${token}`)).status).toBe(200);
  expect((await as(`Bearer ${token}x`)).status).toBe(401);
  const RealDate = Date;
  class Later extends RealDate {
    constructor() {
      super(Later.now());
    }
    static override now = () => RealDate.now() + 40_000;
  }
  globalThis.Date = Later as DateConstructor;
  try {
    expect((await as(`Bearer ${token}`)).status).toBe(401);
  } finally {
    globalThis.Date = RealDate;
  }
});
