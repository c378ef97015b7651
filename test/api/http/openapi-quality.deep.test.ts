import { spawn } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import spectral, { type RulesetDefinition } from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import { PROBLEM_TYPES } from '../../../api/src/api/problem-catalog.ts';
import type { OpenApiDocument, OperationObject } from '../../../api/src/api/openapi/document.ts';
import { OPERATIONS } from '../../../api/src/api/openapi/operations.ts';
import { wrongInput, wrongPath } from '../../../api/src/api/openapi/wrong-input.ts';
import { startApp, type TestApp } from '../../support/app.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const packageOf = (name: string) => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
const REDOCLY = join(packageOf('@redocly/cli'), 'bin/cli.js');
const TSC = join(packageOf('typescript'), 'lib/tsc.js');

let app: TestApp;
let folder: string;
let document: OpenApiDocument;

beforeAll(async () => {
  app = await startApp({ warm: true });
  folder = await mkdtemp(join(tmpdir(), 'openapi-'));
  document = (await app.request('GET', '/openapi.json')).body;
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(document));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await app.stop();
});

/** Runs a script of a package in the folder. */
function run(script: string, args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

const operations = (): [name: string, operation: OperationObject][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, OperationObject] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );

describe('the document', () => {
  test('describes every operation, tag and parameter', () => {
    const bare = operations().flatMap(([name, { summary, description, parameters = [] }]) => [
      ...(summary && description ? [] : [name]),
      ...parameters.flatMap((parameter) => (parameter.description ? [] : [`${name} ${parameter.name}`])),
    ]);
    expect(bare).toEqual([]);
    const tags = document.tags as { name: string; description: string }[];
    expect(tags.every(({ description }) => description.length > 20)).toBe(true);
    const used = new Set(operations().flatMap(([, { tags: own }]) => own as string[]));
    expect(tags.map(({ name }) => name).sort()).toEqual([...used].sort());
  });

  test('has an example for each error of each operation, of a problem that is explained', () => {
    for (const [name, { responses }] of operations()) {
      for (const [status, { content }] of Object.entries(responses)) {
        if (Number(status) < 400) continue;
        const { examples = {} } = content['application/problem+json'] ?? {};
        const slugs = Object.keys(examples);
        expect({ name, status, slugs }).not.toEqual({ name, status, slugs: [] });
        for (const slug of slugs) {
          expect(PROBLEM_TYPES.find((type) => type.slug === slug)).toMatchObject({ status: Number(status) });
        }
      }
    }
  });

  test('has examples that are true: what is said to a caller without credentials, and to wrong input', async () => {
    for (const { method, path, access, input, answer } of OPERATIONS) {
      const where = path.replace(/\{\w+\}/g, '120210000000001');
      const example = (status: number, slug: string) =>
        (
          document.paths[path]?.[method]?.responses[status]?.content['application/problem+json']?.examples?.[
            slug
          ] as { value: object } | undefined
        )?.value;
      const expectExample = async (status: number, slug: string, options: object, url = where) => {
        const { body } = await app.request(method.toUpperCase(), url, options);
        expect(body).toEqual({ ...example(status, slug), request_id: body.request_id });
      };
      if (access !== 'open') await expectExample(401, 'unauthorized', {});
      if (access === 'admin') await expectExample(403, 'forbidden', { as: 'user' });
      if (input === undefined) continue;
      const wrong = wrongInput({ path, input });
      const as = access === 'open' ? undefined : access;
      const query =
        method === 'get' && !path.includes('{')
          ? new URLSearchParams(wrong as Record<string, string>).toString()
          : '';
      const body = method === 'post' && !path.includes('{') ? wrong : undefined;
      await expectExample(400, 'bad-request', { as, body }, `${wrongPath(path)}?${query}`);
      expect(answer.status).toBeLessThan(300);
    }
  });

  test('gives redocly nothing to complain of', async () => {
    const config = { extends: ['recommended'], telemetry: 'off' };
    await writeFile(join(folder, 'redocly.yaml'), JSON.stringify(config));
    const { code, output } = await run(REDOCLY, [
      'lint',
      'openapi.json',
      '--format',
      'json',
      '--config',
      'redocly.yaml',
    ]);
    const { totals, problems } = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
    expect({ code, totals, problems }).toMatchObject({
      code: 0,
      totals: { errors: 0, warnings: 0 },
      problems: [],
    });
  });

  test('gives spectral nothing to complain of', async () => {
    const linter = new spectral.Spectral();
    linter.setRuleset({ extends: [rulesets.oas as RulesetDefinition] });
    const found = await linter.run(JSON.stringify(document));
    expect(found.map(({ code, path, message }) => ({ code, path: path.join('.'), message }))).toEqual([]);
  });
});

const CLIENT_USE = `
import { configure, getCampaigns, postAutomationPauseUnderperforming } from './client.js';

const [, , serverUrl = '', bearer = ''] = process.argv;
configure({ serverUrl, auth: { bearer } });
const { campaigns } = await getCampaigns({ query: { limit: 3, status: 'ACTIVE' } });
const names: string[] = campaigns.map(({ name }) => name);
const { suggestions } = await postAutomationPauseUnderperforming({ body: { ctr_threshold: 1.5 } });
const actions: ('pause' | 'increase_budget' | 'decrease_budget')[] = suggestions.map(({ action }) => action);
console.log(JSON.stringify({ names, actions }));

export const wrong = [
  // @ts-expect-error the limit is a number
  () => getCampaigns({ query: { limit: 'three' } }),
  // @ts-expect-error there is no such status
  () => getCampaigns({ query: { status: 'SLEEPING' } }),
  // @ts-expect-error there is no such field
  () => campaigns.map(({ colour }) => colour),
];
`;

test('a typed client is generated from it, compiles, refuses what is not documented, and works', async () => {
  const generated = await run(REDOCLY, ['generate-client', 'openapi.json', '--output', 'client.ts']);
  expect(generated).toMatchObject({ code: 0 });
  await writeFile(join(folder, 'use.ts'), CLIENT_USE);
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom'];
  expect(await run(TSC, ['use.ts', ...options, '--types', 'node', '--skipLibCheck'])).toEqual({
    code: 0,
    output: '',
  });
  const { code, output } = await run(join(folder, 'use.js'), [app.url, app.tokens.user]);
  expect({ code, output }).toMatchObject({ code: 0 });
  const { body } = await app.request('GET', '/api/v1/campaigns?limit=3&status=active', { as: 'user' });
  const { names, actions } = JSON.parse(output);
  expect(names).toEqual(body.campaigns.map(({ name }: { name: string }) => name));
  expect(actions).toContain('pause');
});
