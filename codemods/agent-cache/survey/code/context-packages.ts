/** Packages that hand on what belongs to one request, by an AsyncLocalStorage or what came before it. */
export const CONTEXT_PACKAGES =
  /^(express-http-context2?|cls-hooked|cls-rtracer|continuation-local-storage|nestjs-cls|async-local-storage|@fastify\/request-context|node-request-context|express-ctx|asynchronous-local-storage|request-context|nestjs-request-context|zone\.js|hono\/context-storage|next\/headers)$/;
