import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';

/** The API's own secrets for one run: made on the spot, worthless afterwards. */
export interface DemoCredentials {
  env: Record<string, string>;
  /** Signs a bearer token for a user of this run, valid for ten minutes. */
  userToken(): Promise<string>;
  /** The same for an administrator. */
  adminToken(): Promise<string>;
}

const ISSUER = 'agent-cache-demo';
const AUDIENCE = 'agent-cache-demo-api';

export function createDemoCredentials(): DemoCredentials {
  const secret = randomBytes(32).toString('hex');
  return {
    env: {
      JWT_SECRET: secret,
      JWT_ISSUER: ISSUER,
      JWT_AUDIENCE: AUDIENCE,
      API_KEY: randomBytes(16).toString('hex'),
    },
    userToken: () => sign('user', secret),
    adminToken: () => sign('admin', secret),
  };
}

function sign(role: 'user' | 'admin', secret: string): Promise<string> {
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('demo')
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(secret));
}
