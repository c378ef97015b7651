import { SignJWT } from 'jose';

/** Obviously fake; shared by the apps that tests start. */
export const TEST_JWT_SECRET = 'test-jwt-secret-not-real-0123456789abcdef';
export const TEST_API_KEY = 'test-api-key-not-real-0123456789';

export interface TokenOptions {
  sub?: string;
  role?: string;
  secret?: string;
  issuer?: string;
  audience?: string;
  /** Seconds from now; negative for an expired token. */
  ttl?: number;
  algorithm?: string;
}

/** A bearer token of the kind the service takes, or with `options` one that it does not. */
export async function signToken(options: TokenOptions = {}): Promise<string> {
  const { sub = 'user-1', role = 'user', secret = TEST_JWT_SECRET, ttl = 600, algorithm = 'HS256' } = options;
  const { issuer = 'facebook-agent-cache', audience = 'facebook-agent-cache-api' } = options;
  return new SignJWT({ role })
    .setProtectedHeader({ alg: algorithm })
    .setSubject(sub)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + ttl)
    .sign(new TextEncoder().encode(secret));
}
