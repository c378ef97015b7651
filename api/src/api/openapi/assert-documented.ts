import type { Router } from 'express';
import { OPERATIONS } from './operations.ts';

/** The document does not describe where it is served itself. */
const IS_DOCUMENTATION = /^GET \/((docs|openapi\.json)\b|$)/;

/** A path with the routers that stand there. */
export interface Mounted {
  path: string;
  routers: readonly Router[];
}

/**
 * Holds what is served against what is documented, so that neither goes without the other.
 * @throws {Error} naming every route that has no operation, and every operation without a route
 */
export function assertDocumented(mounts: readonly Mounted[]): void {
  const served = new Set(mounts.flatMap(routesOf).filter((route) => !IS_DOCUMENTATION.test(route)));
  const documented = new Set(OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`));
  const faults = [
    ...[...served].filter((route) => !documented.has(route)).map((route) => `${route} is not documented`),
    ...[...documented].filter((route) => !served.has(route)).map((route) => `${route} is not served`),
  ];
  if (faults.length > 0) throw new Error(`The OpenAPI document is not true: ${faults.join('; ')}`);
}

function routesOf({ path, routers }: Mounted): string[] {
  return routers.flatMap(({ stack }) =>
    stack.flatMap(({ route }) => {
      if (route === undefined) return [];
      const whole = `${path}${route.path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
      const template = whole.replace(/:(\w+)/g, '{$1}');
      const methods = new Set(route.stack.map(({ method }) => method.toUpperCase()));
      return [...methods].map((method) => `${method} ${template}`);
    }),
  );
}
