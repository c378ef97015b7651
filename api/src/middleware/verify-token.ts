import { createSecretKey } from 'node:crypto';
import { decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import { ServiceUnavailableError, UnauthorizedError } from '../errors.ts';
import { IssuerKeys } from './issuer-keys.ts';
import { RememberedUsers } from './remembered-users.ts';
import type { User } from './user.ts';

export interface TokenSettings {
  /** HS256 secret, at least 32 characters. */
  jwtSecret?: string;
  /** Where the issuer publishes its keys, for RS256 and ES256. */
  jwksUrl?: string;
  issuer: string;
  audience: string;
}

/**
 * @throws {UnauthorizedError} for a token that is not ours, not yet or no more valid
 * @throws {ServiceUnavailableError} when the issuer's keys cannot be read
 */
export type VerifyToken = (token: string) => Promise<User>;

const CLOCK_TOLERANCE_SECONDS = 5;
/** No token is meant to be good for so long: its `exp` is in milliseconds. */
const LONGEST_LIFE_SECONDS = 10 * 366 * 86_400;

/**
 * Each kind of key is bound to its own algorithms: a public key is never taken for an HMAC secret,
 * and `none` is never taken at all. Who was verified a moment ago, with the keys of now, is remembered.
 */
export function createTokenVerifier(settings: TokenSettings): VerifyToken {
  const { issuer, audience } = settings;
  const options = {
    issuer,
    audience,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ['sub', 'exp'],
  };
  const secret = settings.jwtSecret === undefined ? undefined : hmacVerifier(settings.jwtSecret, options);
  const published = settings.jwksUrl === undefined ? undefined : new IssuerKeys(settings.jwksUrl);
  const remote = published && jwksVerifier(published, options);
  const remembered = new RememberedUsers();
  return async (token) => {
    try {
      const keys = published?.current();
      const known = remembered.find(token, keys);
      if (known) return known;
      const verify = algorithmOf(token) === 'HS256' ? secret : remote;
      if (verify === undefined) throw new errors.JOSEAlgNotAllowed('Algorithm is not accepted');
      const payload = await verify(token);
      const user = toUser(payload);
      remembered.keep(token, user, { expiresAt: payload.exp ?? 0, keys });
      return user;
    } catch (error) {
      throw toProblem(error);
    }
  };
}

type Verifier = (token: string) => Promise<JWTPayload>;

function hmacVerifier(secret: string, options: JWTVerifyOptions): Verifier {
  const key = createSecretKey(secret, 'utf8');
  return async (token) => (await jwtVerify(token, key, { ...options, algorithms: ['HS256'] })).payload;
}

function jwksVerifier({ find }: IssuerKeys, options: JWTVerifyOptions): Verifier {
  const algorithms = ['RS256', 'ES256'];
  return async (token) => (await jwtVerify(token, find, { ...options, algorithms })).payload;
}

function algorithmOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg;
  } catch (error) {
    throw new errors.JWTInvalid('Token cannot be read', { cause: error });
  }
}

function toUser({ sub, role, exp = 0 }: JWTPayload): User {
  if (exp - Date.now() / 1000 > LONGEST_LIFE_SECONDS) throw new errors.JWTInvalid('Token never expires');
  // Any JSON value may stand there: the type is what the standard says, not what was checked.
  if (typeof sub !== 'string' || sub === '') throw new errors.JWTInvalid('Token has no subject');
  return { id: sub, role: role === 'admin' ? 'admin' : 'user' };
}

/** Faults of a token are the caller's; all else (keys that cannot be fetched) is not. */
const TOKEN_FAULTS = [
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWTClaimValidationFailed,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

function toProblem(error: unknown): Error {
  const headers = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };
  if (error instanceof errors.JWTExpired) {
    return new UnauthorizedError('The bearer token has expired', { cause: error, headers });
  }
  if (TOKEN_FAULTS.some((fault) => error instanceof fault)) {
    return new UnauthorizedError('The bearer token is not valid', { cause: error, headers });
  }
  return new ServiceUnavailableError('Bearer tokens cannot be checked now', undefined, { cause: error });
}
