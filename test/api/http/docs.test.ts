import { readFile } from 'node:fs/promises';
import { Router } from 'express';
import { assertDocumented } from '../../../api/src/api/openapi/assert-documented.ts';
import { API_RELEASES, apiChangelog } from '../../../api/src/api/api-changelog.ts';
import { PROBLEM_TYPES } from '../../../api/src/api/problem-catalog.ts';
import { problemsAsMarkdown } from '../../../api/src/api/problem-pages.ts';
import { startApp, type TestApp } from '../../support/app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

describe('GET /openapi.json', () => {
  test('is an OpenAPI 3.1 document whose references lead somewhere', async () => {
    const { status, body, text } = await app.request('GET', '/openapi.json');
    expect(status).toBe(200);
    expect(body).toMatchObject({ openapi: '3.1.0', info: { version: app.context.version } });
    for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
      expect(body.components.schemas).toHaveProperty(name);
    }
    expect(text).not.toMatch(/\$defs|"wire"|__shared/);
  });

  test('says of every operation who may call it, what it takes and all that it answers', async () => {
    const { body } = await app.request('GET', '/openapi.json');
    const operations = Object.values<Record<string, Record<string, unknown>>>(body.paths).flatMap(
      Object.values,
    );
    expect(operations.length).toBeGreaterThan(20);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    const list = body.paths['/api/v1/campaigns'].get;
    expect(list.security).toEqual([{ user: [] }]);
    expect(list.parameters[1]).toEqual({
      name: 'limit',
      description: 'How many at most',
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 100 },
    });
    expect(Object.keys(list.responses)).toEqual(['200', '400', '401', '429', '500', '502', '503', '504']);
    const chat = body.paths['/api/v1/chat'].post.requestBody;
    expect(chat.required).toBe(true);
    expect(chat.content['application/json'].schema.required).toEqual(['message']);
    expect(body.paths['/api/v1/metrics/export'].get.security).toEqual([{ machine: [] }]);
  });

  test('cannot miss a route, nor hold one that is gone', () => {
    const stray = Router().get('/stray/:id', (_req, res) => void res.end());
    expect(() => assertDocumented([{ path: '/api/v1', routers: [stray] }])).toThrow(
      /GET \/api\/v1\/stray\/\{id\} is not documented; .*GET \/livez is not served/,
    );
  });
});

describe('GET /docs', () => {
  test('is a page of local assets under a policy that lets nothing else in', async () => {
    const { status, headers, text } = await app.request('GET', '/docs');
    expect(status).toBe(200);
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none';script-src 'self';");
    const assets = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      expect(asset).toMatch(/^docs\/assets\//);
      expect((await fetch(new URL(asset, `${app.url}/docs`))).status).toBe(200);
    }
    expect(text).not.toMatch(/<script>|onload=/);
    expect((await fetch(`${app.url}/docs/assets/..%2fpackage.json`)).status).toBe(404);
  });
});

test('what has changed is on the page and in docs/api-changelog.md alike', async () => {
  // Stale? npm run docs
  const file = await readFile(new URL('../../../docs/api-changelog.md', import.meta.url), 'utf8');
  expect(file).toBe(apiChangelog());
  const { text } = await app.request('GET', '/docs/changelog');
  expect(text).toContain('<h2>Unreleased</h2>');
  expect(text).toContain('<code>GET /api/v1/analytics/history</code>');
  expect(API_RELEASES.map(({ version }) => version)).toEqual(['Unreleased', expect.stringMatching(/^\d/)]);
});

describe('problem types', () => {
  test('are explained where they point, in the page and in docs/errors.md alike', async () => {
    const { text } = await app.request('GET', '/docs/errors');
    for (const { slug } of PROBLEM_TYPES) expect(text).toContain(`<h2 id="${slug}">`);
    expect(await readFile(new URL('../../../docs/errors.md', import.meta.url), 'utf8')).toBe(
      problemsAsMarkdown(),
    );
  });

  test('are all that the code can answer', async () => {
    const source = await readFile(
      new URL('../../../api/src/agents/graph-errors.ts', import.meta.url),
      'utf8',
    );
    const slugs = [...source.matchAll(/slug: '([^']+)'/g)].map(([, slug]) => slug);
    expect(slugs.length).toBeGreaterThan(5);
    expect(PROBLEM_TYPES.map(({ slug }) => slug)).toEqual(expect.arrayContaining(slugs));
  });
});
