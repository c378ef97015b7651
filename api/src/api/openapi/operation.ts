import type { z } from 'zod';

/** Who may call: anybody, a bearer token, one of an administrator, or the machine's key. */
export type Access = 'open' | 'user' | 'admin' | 'machine';

/** One documented route. */
export interface Operation {
  method: 'get' | 'post';
  /** As in OpenAPI: `/campaigns/{id}`. */
  path: string;
  tag: string;
  summary: string;
  access: Access;
  /**
   * What the route validates its input with. Fields that the path names are its parameters; the
   * others are the query of a GET and the body of a POST.
   */
  input?: z.ZodObject;
  /** Whether the body may be left out. */
  bodyOptional?: boolean;
  /** Its body: JSON of a schema, or text of one of these media types. */
  answer:
    | { status: 200 | 201; description: string; schema: z.ZodType }
    | { status: 200; text: readonly string[] };
  /** Whether it needs an agent, and so may fail as Facebook does. */
  asksFacebook?: boolean;
  /** Further statuses that it may answer. */
  alsoAnswers?: number[];
}

/** Every status that the operation may answer with a problem document. */
export function problemStatuses({
  input,
  method,
  access,
  asksFacebook,
  alsoAnswers = [],
}: Operation): number[] {
  const statuses = new Set<number>([500, 503, ...alsoAnswers]);
  const add = (...more: number[]) => {
    for (const status of more) statuses.add(status);
  };
  if (input !== undefined) add(400);
  if (input !== undefined && method === 'post') add(413, 415);
  if (access !== 'open') add(401, 429);
  if (access === 'admin') add(403);
  if (asksFacebook) add(429, 502, 504);
  return [...statuses].sort((a, b) => a - b);
}
