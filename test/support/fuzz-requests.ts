import fc from './fast-check.ts';
import { createOpenApiDocument, type OperationObject } from '../../api/src/api/openapi/document.ts';
import type { RequestOptions } from './app.ts';

export interface FuzzRequest extends RequestOptions {
  method: string;
  path: string;
}

type Schema = Record<string, unknown>;

const NASTY = fc.constantFrom(
  '',
  ' ',
  '0',
  '-1',
  '1e9',
  'NaN',
  'null',
  'undefined',
  '[object Object]',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '\u0000',
  '\ud83d\ude00',
  '%00',
  '%E0%A4%A',
  'a'.repeat(5000),
  '2026-02-29',
  '9999-12-31',
);

const anyText = fc.oneof(NASTY, fc.string(), fc.string({ unit: 'grapheme' }));

/** Mostly what the schema allows, so that requests get behind the first check. */
function allowedBy(schema: Schema): fc.Arbitrary<unknown> {
  const { enum: choices, type, format, pattern } = schema;
  if (Array.isArray(choices)) return fc.constantFrom(...(choices as unknown[]));
  if (format === 'date')
    return fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  if (type === 'integer') return fc.integer({ min: -5, max: 150 });
  if (type === 'number') return fc.double();
  return anyText;
}

function maybeWrong(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: allowedBy(schema), weight: 5 }, { arbitrary: anyText, weight: 1 });
}

/** Half of a surrogate pair cannot travel. */
const wellFormed = (text: string) => Buffer.from(text).toString();

const encode = (value: unknown) => encodeURIComponent(wellFormed(String(value)));

function requestOf(method: string, template: string, operation: OperationObject): fc.Arbitrary<FuzzRequest> {
  const parameters = operation.parameters ?? [];
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const pathValues = fc.record(
    Object.fromEntries(inPath.map(({ name, schema }) => [name, maybeWrong(schema)])),
  );
  const query = fc.record(Object.fromEntries(inQuery.map(({ name, schema }) => [name, maybeWrong(schema)])), {
    requiredKeys: [],
  });
  const extra = fc.option(fc.tuple(anyText, anyText), { freq: 10 });
  return fc
    .record({ pathValues, query, extra, body: bodyOf(operation), as: caller(operation) })
    .map((parts) => {
      const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encode(parts.pathValues[name]) || 'x');
      const pairs = Object.entries(parts.query).map(([name, value]) => `${name}=${encode(value)}`);
      if (parts.extra) pairs.push(parts.extra.map(encode).join('='));
      const { body, as } = parts;
      return { method, path: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path, body, as };
    });
}

function bodyOf({ requestBody }: OperationObject): fc.Arbitrary<unknown> {
  if (requestBody === undefined) return fc.constant(undefined);
  const { properties = {} } = requestBody.content['application/json']?.schema ?? {};
  const fields = Object.entries(properties as Record<string, Schema>);
  const shaped = fc.record(Object.fromEntries(fields.map(([name, schema]) => [name, maybeWrong(schema)])), {
    requiredKeys: [],
  });
  return fc.oneof(
    { arbitrary: shaped, weight: 6 },
    { arbitrary: fc.jsonValue(), weight: 2 },
    { arbitrary: anyText.map(wellFormed), weight: 1 },
    { arbitrary: fc.constant(undefined), weight: 1 },
  );
}

/** Mostly whoever may, sometimes somebody else. */
function caller({ security }: OperationObject): fc.Arbitrary<RequestOptions['as']> {
  const [right] = Object.keys((security as Record<string, unknown>[])[0] ?? {}) as RequestOptions['as'][];
  return fc.oneof(
    { arbitrary: fc.constant(right), weight: 9 },
    { arbitrary: fc.constantFrom(undefined, 'user' as const, 'machine' as const), weight: 1 },
  );
}

const documented = Object.entries(createOpenApiDocument('0.0.0').paths).flatMap(([template, methods]) =>
  Object.entries(methods).map(([method, operation]) => requestOf(method.toUpperCase(), template, operation)),
);

const stray: fc.Arbitrary<FuzzRequest> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
  path: fc.oneof(
    fc.webPath().map((path) => path || '/'),
    fc.constantFrom(
      '/api/v1/campaigns/%',
      '/api/v1/../admin',
      '//',
      '/api/v1/chat/',
      '/API/V1/CHAT',
      '/admin',
    ),
  ),
  as: fc.constantFrom('user' as const, undefined),
});

/** A request to some documented operation, right or wrong in any part, or to none. */
export const anyRequest: fc.Arbitrary<FuzzRequest> = fc.oneof(
  { arbitrary: fc.oneof(...documented), weight: 12 },
  { arbitrary: stray, weight: 1 },
);
