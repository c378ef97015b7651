import { STATUS_CODES } from 'node:http';
import { ATTRIBUTION } from '../../domain/attribution.ts';
import { componentSchemas, inputSchema, type JsonSchema, referenceTo } from './components.ts';
import { type Access, type Operation, problemStatuses } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { problemExamples } from './problem-examples.ts';
import { TAGS } from './tags.ts';

export interface OpenApiDocument {
  openapi: string;
  info: Record<string, unknown>;
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, JsonSchema>; [part: string]: unknown };
  [field: string]: unknown;
}

export interface OperationObject {
  operationId: string;
  parameters?: {
    name: string;
    in: 'path' | 'query';
    required: boolean;
    description?: string;
    schema: JsonSchema;
  }[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, ResponseObject>;
  [field: string]: unknown;
}

export interface ResponseObject {
  description: string;
  headers: Record<string, unknown>;
  content: Record<string, { schema: JsonSchema; examples?: Record<string, unknown> }>;
}

const SECURITY: Record<Access, Record<string, string[]>[]> = {
  open: [],
  user: [{ user: [] }],
  admin: [{ admin: [] }],
  machine: [{ machine: [] }],
};
const BEARER = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };
const REQUEST_ID = {
  description: "The request's id: yours, if it sent a well-formed one, else a new one",
  schema: { type: 'string' },
};
const RETRY_AFTER = { description: 'Seconds to wait before the next try', schema: { type: 'integer' } };
const MAY_RETRY = new Set([429, 503]);

/** The OpenAPI 3.1 document of the whole API, made of the schemas that the routes themselves use. */
export function createOpenApiDocument(version: string): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describeOperation(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Facebook Ads API',
      version,
      description:
        'Campaigns of one Facebook ad account: delivery, scores, suggestions and questions in plain words. ' +
        `${ATTRIBUTION.description} ` +
        'Errors are problem documents (RFC 9457); each `type` is explained under [errors](/docs/errors). ' +
        'The same document [to be read](/docs/reference), and [what has changed](/docs/changelog).',
      contact: { name: 'The operator of this API' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        user: { ...BEARER, description: 'A token of your issuer' },
        admin: { ...BEARER, description: 'A token with `role: admin`' },
        machine: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
  };
}

function describeOperation(operation: Operation): OperationObject {
  const { method, path, tag, summary, description, access, input, bodyOptional = false } = operation;
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  const fields = Object.entries(input?.shape ?? {});
  const isParameter = (name: string) => inPath.has(name) || method === 'get';
  const parameters = fields
    .filter(([name]) => isParameter(name))
    .map(([name, schema]) => {
      const { description: about, ...wire } = inputSchema(schema);
      return {
        name,
        in: inPath.has(name) ? ('path' as const) : ('query' as const),
        required: !schema.safeParse(undefined).success,
        // Here, where every reader of such documents shows it.
        description: typeof about === 'string' ? about : '',
        schema: wire,
      };
    });
  const hasBody = fields.some(([name]) => !isParameter(name));
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    description,
    security: SECURITY[access],
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody && input && { requestBody: describeBody(input, inPath, !bodyOptional) }),
    responses: describeResponses(operation),
  };
}

function describeBody(
  input: NonNullable<Operation['input']>,
  inPath: Set<string | undefined>,
  required: boolean,
) {
  const mask = Object.fromEntries([...inPath].map((name) => [name, true as const]));
  return { required, content: { 'application/json': { schema: inputSchema(input.omit(mask)) } } };
}

function describeResponses(operation: Operation): Record<string, ResponseObject> {
  const { answer } = operation;
  const headers = { 'X-Request-Id': REQUEST_ID };
  const responses: Record<string, ResponseObject> = {
    [answer.status]:
      'text' in answer
        ? {
            description: 'Text',
            headers,
            content: Object.fromEntries(answer.text.map((type) => [type, { schema: { type: 'string' } }])),
          }
        : {
            description: answer.description,
            headers,
            content: { 'application/json': { schema: referenceTo(answer.schema) } },
          },
  };
  for (const status of problemStatuses(operation)) {
    responses[status] = {
      description: STATUS_CODES[status] ?? 'Problem',
      headers: { ...headers, ...(MAY_RETRY.has(status) && { 'Retry-After': RETRY_AFTER }) },
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          examples: problemExamples(operation, status),
        },
      },
    };
  }
  return responses;
}

/** `GET /api/v1/campaigns/{id}/insights` → `getCampaignsByIdInsights`. */
function operationId(method: string, path: string): string {
  const words = path
    .replace('/api/v1', '')
    .replace(/\{(\w+)\}/g, 'by-$1')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
