import type { RequestHandler, Router } from 'express';
import { NotFoundError, ProblemError } from '../errors.ts';

/** What this module reads of a router's layer; express has it, its types do not. */
interface RouteLayer {
  route?: { stack: { method?: string }[] };
  match(path: string): boolean;
}

/**
 * Stands before `router` and refuses what it has no route for: 404, or 405 with `Allow` where the
 * path exists. It runs before authentication, so that nobody is asked to log in to nowhere.
 */
export function knownRoutesOf(router: Router): RequestHandler {
  return (req, _res, next) => {
    const methods = methodsAt(router, req.path);
    if (methods.length === 0) throw notFound();
    if (methods.includes(req.method) || req.method === 'OPTIONS') {
      next();
      return;
    }
    throw new ProblemError(
      405,
      'method-not-allowed',
      'Method Not Allowed',
      `This path answers ${methods.join(', ')}`,
      { headers: { Allow: methods.join(', ') } },
    );
  };
}

/** For whatever no router took. */
export const notFoundHandler: RequestHandler = () => {
  throw notFound();
};

function notFound(): NotFoundError {
  return new NotFoundError('There is nothing at this path');
}

function methodsAt(router: Router, path: string): string[] {
  const layers = router.stack as unknown as RouteLayer[];
  const methods = layers
    .filter((layer) => layer.route !== undefined && layer.match(path))
    .flatMap((layer) => layer.route?.stack ?? [])
    .flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : method ? [method.toUpperCase()] : []));
  return [...new Set(methods)];
}
