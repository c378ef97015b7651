import { SignJWT } from 'jose';
import type { TokenSigningSettings } from '../../api/src/config.ts';

export interface TokenClaims {
  sub: string;
  role: 'user' | 'admin';
  ttlSeconds: number;
}

/** A bearer token for the API, signed with HS256. */
export async function signToken(
  { sub, role, ttlSeconds }: TokenClaims,
  { secret, issuer, audience }: TokenSigningSettings,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(sub)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + ttlSeconds)
    .sign(new TextEncoder().encode(secret));
}
