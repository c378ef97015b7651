import type { IncomingMessage } from 'node:http';
import { badParameter } from './graph-error.ts';

const MAX_BODY_BYTES = 1_000_000;

/** Query parameters, joined by those of a form or JSON body. */
export async function readParams(request: IncomingMessage, url: URL): Promise<URLSearchParams> {
  const params = new URLSearchParams(url.search);
  if (request.method !== 'POST') return params;
  const text = await readBody(request);
  for (const [name, value] of bodyFields(text, request.headers['content-type'] ?? '')) {
    params.set(name, value);
  }
  return params;
}

/** @throws when the body is too large */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw badParameter('The request body is too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function bodyFields(text: string, contentType: string): Iterable<[string, string]> {
  if (!contentType.includes('json')) return new URLSearchParams(text);
  if (text === '') return [];
  const parsed = parseJson(text, 'body');
  if (typeof parsed !== 'object' || parsed === null) throw badParameter('The body must be an object');
  return Object.entries(parsed).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}

export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badParameter(`Param ${name} must be valid JSON`);
  }
}

/** A list parameter as Graph takes it: a JSON array, or one bare value. */
export function listParam(params: URLSearchParams, name: string): string[] | undefined {
  const text = params.get(name);
  if (text === null || text === '') return undefined;
  if (!text.startsWith('[')) return [text];
  const parsed = parseJson(text, name);
  if (!Array.isArray(parsed)) throw badParameter(`Param ${name} must be an array`);
  return parsed.map(String);
}

/** @throws code 100 when a value is not one of `allowed` */
export function checkOneOf(name: string, values: readonly string[], allowed: readonly string[]): void {
  for (const [index, value] of values.entries()) {
    if (!allowed.includes(value)) {
      throw badParameter(`Param ${name}[${index}] must be one of {${allowed.join(', ')}} - got "${value}"`);
    }
  }
}
