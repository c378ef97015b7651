import type { RequestHandler, Response } from 'express';
import { ForbiddenError, UnauthorizedError } from '../errors.ts';
import { secretEquals } from './secret-equals.ts';
import type { User } from './user.ts';
import type { VerifyToken } from './verify-token.ts';

export interface AuthGuards {
  /** 401 without a valid bearer token. */
  requireUser: RequestHandler;
  /** 401 without a valid bearer token, 403 when its role is not admin. */
  requireAdmin: RequestHandler;
  /** 401 without the right `X-API-Key`. */
  requireApiKey: RequestHandler;
}

/** The guards that routes are mounted behind. */
export function createAuthGuards({ verify, apiKey }: { verify: VerifyToken; apiKey: string }): AuthGuards {
  const authenticate = async (authorization: string | undefined): Promise<User> => {
    const token = authorization?.match(/^Bearer +([\w.~+/=-]+) *$/i)?.[1];
    if (token === undefined) throw new UnauthorizedError('A bearer token is required');
    return verify(token);
  };
  return {
    requireUser: async (req, res, next) => {
      res.locals.user = await authenticate(req.get('Authorization'));
      next();
    },
    requireAdmin: async (req, res, next) => {
      const user = await authenticate(req.get('Authorization'));
      // Also of one who is refused: the log says who it was.
      res.locals.user = user;
      if (user.role !== 'admin') throw new ForbiddenError('Only administrators may do this');
      next();
    },
    requireApiKey: (req, _res, next) => {
      const given = req.get('X-API-Key');
      if (given === undefined || !secretEquals(given, apiKey)) {
        throw new UnauthorizedError('A valid X-API-Key is required', {
          headers: { 'WWW-Authenticate': 'ApiKey header="X-API-Key"' },
        });
      }
      next();
    },
  };
}

/** Who asks. @throws {Error} on a route that stands behind no user guard: a mistake of ours. */
export function currentUser(res: Response): User {
  const user: User | undefined = res.locals.user;
  if (user === undefined) throw new Error('currentUser() was called on a route without requireUser');
  return user;
}
