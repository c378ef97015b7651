import type { z } from 'zod';
import type { Tag } from './tags.ts';

/** Who may call: anybody, a bearer token, one of an administrator, or the machine's key. */
export type Access = 'open' | 'user' | 'admin' | 'machine';

/** One documented route. */
export interface Operation {
  method: 'get' | 'post';
  /** As in OpenAPI: `/campaigns/{id}`. */
  path: string;
  tag: Tag;
  summary: string;
  /** What a caller has to know beyond that. */
  description: string;
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
  // 400: any request may be one that HTTP does not allow.
  const statuses = new Set<number>([400, 500, ...alsoAnswers]);
  const add = (...more: number[]) => {
    for (const status of more) statuses.add(status);
  };
  if (input !== undefined && method === 'post') add(413, 415);
  if (access !== 'open') add(401, 429, 503);
  if (access === 'admin') add(403);
  if (asksFacebook) add(429, 502, 504);
  return [...statuses].sort((a, b) => a - b);
}
