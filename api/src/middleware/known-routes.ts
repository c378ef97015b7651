import type { RequestHandler, Router } from 'express';
import { NotFoundError, ProblemError } from '../errors.ts';
import { noteRoute } from '../observability/tracing.ts';

/** What this module reads of a router's layers; express has it, its types do not. */
interface RouteLayer {
  route?: { path: string; stack: { method?: string }[] };
  match(path: string): boolean;
}

/**
 * Stands before routers and refuses what they have no route for: 404, or 405 with `Allow` where the
 * path exists. It runs before authentication, so that nobody is asked to log in to nowhere, and
 * leaves the route's pattern in `res.locals.route` for the metrics.
 */
export function knownRoutesOf(routers: readonly Router[]): RequestHandler {
  const find = (path: string) => routers.flatMap((router) => routesAt(router, path));
  // Those at the paths that stand in the routes, found once: express looks through all of them again by itself.
  let written: Map<string, ReturnType<typeof routesAt>> | undefined;
  return (req, res, next) => {
    const { path } = req;
    written ??= new Map(pathsOf(routers).map((each) => [each, find(each)]));
    const routes = written.get(path) ?? find(path);
    const methods = [...new Set(routes.flatMap(({ methods }) => methods))];
    if (methods.length === 0) throw new NotFoundError('There is nothing at this path');
    const route = routes.find(({ methods }) => methods.includes(req.method));
    if (route === undefined && req.method !== 'OPTIONS') throw methodNotAllowed(methods);
    const pattern = `${req.baseUrl}${route?.path ?? ''}`.replace(/(.)\/$/, '$1');
    res.locals.route = pattern;
    noteRoute(pattern);
    next();
  };
}

function methodNotAllowed(methods: string[]): ProblemError {
  const allow = methods.join(', ');
  return new ProblemError(405, 'method-not-allowed', 'Method Not Allowed', `This path answers ${allow}`, {
    headers: { Allow: allow },
  });
}

function pathsOf(routers: readonly Router[]): string[] {
  const layers = routers.flatMap((router) => router.stack as unknown as RouteLayer[]);
  return layers.flatMap(({ route }) => route?.path ?? []);
}

function routesAt(router: Router, path: string): { path: string; methods: string[] }[] {
  const layers = router.stack as unknown as RouteLayer[];
  return layers.flatMap((layer) => {
    if (layer.route === undefined || !layer.match(path)) return [];
    const methods = layer.route.stack.flatMap(({ method }) => (method ? [method.toUpperCase()] : []));
    return [{ path: layer.route.path, methods: methods.includes('GET') ? [...methods, 'HEAD'] : methods }];
  });
}
