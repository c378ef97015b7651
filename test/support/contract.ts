import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { PROBLEM_TYPES } from '../../api/src/api/problem-catalog.ts';
import { createOpenApiDocument, type ResponseObject } from '../../api/src/api/openapi/document.ts';

/** An answer as it went over the wire. */
export interface WireAnswer {
  method: string;
  /** With its query, without the origin. */
  path: string;
  status: number;
  headers: Headers;
  text: string;
}

// Answers may gain fields, and those that they have are all in the document.
const document = closed(createOpenApiDocument('0.0.0'));
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: 'api', ...document });
const validators = new Map<string, ValidateFunction>();

const operations = Object.entries(document.paths).map(([template, methods]) => ({
  pattern: new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}/?$`),
  methods,
}));

/** @throws when the answer is not one that the OpenAPI document allows for its request. */
export function assertAsDocumented({ method, path, status, headers, text }: WireAnswer): void {
  const where = `${method} ${path} ${status}`;
  if (!headers.get('X-Request-Id')) throw new Error(`${where} has no X-Request-Id`);
  const type = headers.get('Content-Type')?.split(';', 1)[0] ?? '';
  if (method === 'HEAD' || method === 'OPTIONS' || path.startsWith('/docs') || path === '/openapi.json')
    return;
  const pathname = path.split('?', 1)[0] ?? path;
  const known = operations.find(({ pattern }) => pattern.test(pathname));
  const operation = known?.methods[method.toLowerCase()];
  if (operation === undefined || status === 405) {
    // The root leads a person to the pages of the document.
    if (pathname === '/' && status < 400) return;
    if (status < 400) throw new Error(`${where} is not documented at all`);
    assertValid('Problem', type, 'application/problem+json', text, where);
    return;
  }
  const response: ResponseObject | undefined = operation.responses[status];
  if (response === undefined) throw new Error(`${where} is not among the documented statuses`);
  const contents = Object.entries(response.content);
  const content = contents.find(([media]) => media === type) ?? contents[0];
  if (content === undefined) throw new Error(`${where} is documented without content`);
  const [expectedType, { schema }] = content;
  const name = typeof schema.$ref === 'string' ? (schema.$ref.split('/').at(-1) ?? '') : '';
  for (const header of Object.keys(response.headers)) {
    if (!headers.has(header)) throw new Error(`${where} lacks the documented header ${header}`);
  }
  assertValid(name, type, expectedType, text, where);
}

function assertValid(name: string, type: string, expectedType: string, text: string, where: string): void {
  if (type !== expectedType) throw new Error(`${where} is ${type}, documented as ${expectedType}`);
  if (name === '') return;
  const validate = validators.get(name) ?? ajv.compile({ $ref: `api#/components/schemas/${name}` });
  validators.set(name, validate);
  const body: unknown = JSON.parse(text);
  if (!validate(body)) {
    throw new Error(`${where} is not a ${name}: ${ajv.errorsText(validate.errors)}\n${text.slice(0, 500)}`);
  }
  if (name === 'Problem') assertExplained(body as { type: string; status: number }, where);
}

function assertExplained({ type, status }: { type: string; status: number }, where: string): void {
  const explained = PROBLEM_TYPES.find(({ slug }) => type.endsWith(`/docs/errors#${slug}`));
  if (explained?.status !== status) throw new Error(`${where}: ${type} is not explained in docs/errors.md`);
}

function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  const copy = Object.fromEntries(entries);
  const isAnswer = copy.type === 'object' && copy.properties && copy.additionalProperties === undefined;
  return isAnswer ? { ...copy, additionalProperties: false } : copy;
}
