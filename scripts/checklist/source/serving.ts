/** What makes an application, which somebody has to serve. */
export const MAKES_APP =
  /\b(?:express|fastify|Fastify|polka|restify\.createServer|createServer)\s*\(|require\(['"]express['"]\)\s*\(|\bnew\s+(?:Hono|OpenAPIHono|Koa|Elysia)\b/;
/** A server that listens, by a port: much else has a method of that name. */
const LISTENS_AT_PORT = /\.listen\s*\(\s*(?:\d|\{\s*port\b|[\w$.]*port\b|[^()]*\(?[^()]*\bPORT\b)/i;

/** Whether the files of a program show that it answers requests: it makes an application, and listens at a port. */
export function servesHttp(texts: readonly string[]): boolean {
  return texts.some((each) => MAKES_APP.test(each)) && texts.some((each) => LISTENS_AT_PORT.test(each));
}
