import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { createTree } from '../support/trees.ts';
import { CLASS, leftIn, WAITS } from './support/left-in.ts';

const CONNECTS = WAITS.replace(
  'return new FacebookAdsAgent()',
  'const agent = new FacebookAdsAgent(); await agent.list(); return agent',
);
const LISTS = "async list() { return fetch('http://127.0.0.1:9/'); }";

/** What a migrated route is noted for, beside an agent, its cache and some code. */
async function notesOf(agent: string, code = '', cache = WAITS): Promise<string[]> {
  const tree = createTree({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'src/settings.ts': "export const settings = { locale: 'en' };\n",
    'src/utils/agent-cache.ts': cache,
    'src/agents/facebook-ads-agent.ts': agent,
    'src/code.ts': `import { Router } from 'express';
import { settings } from './settings.js';
${CLASS}
export const router = Router();
${code}
router.get('/', async (req: any, res: any) => { const agent = new FacebookAdsAgent(); res.json(await agent.list()); });
`,
  });
  const notes: string[] = [];
  try {
    for await (const each of migrateTree([tree.root], DEFAULT_OPTIONS)) {
      expect(each.status).toBe('migrated');
      notes.push(...(each.notes ?? []).map(({ text }) => text));
    }
  } finally {
    tree.remove();
  }
  return notes;
}

const READS = `import { settings } from '../settings.js';
export class FacebookAdsAgent { #locale; constructor() { this.#locale = settings.locale; } async list() { return fetch('http://127.0.0.1:9/' + this.#locale); } }
`;
const PUT =
  "router.put('/locale', (req: any, res: any) => { settings.locale = req.body.locale; res.end(); });";

describe('a setting that a constructor reads', () => {
  test('is noted where a request changes it for those that come after', async () => {
    expect(await notesOf(READS, PUT)).toEqual([
      expect.stringMatching(/reads what requests set .*settings\.locale/),
    ]);
  });

  test.each([
    '',
    'settings.locale = process.env.LOCALE ?? settings.locale;',
    "router.get('/l', (_req: any, res: any) => { res.json(settings); });",
  ])('is not noted where none does: %s', async (code) => {
    expect(await notesOf(READS, code)).toEqual([]);
  });
});

describe('a promise that an agent keeps from its start', () => {
  const connects = (made: string) =>
    `export class FacebookAdsAgent { ready; constructor() { this.ready = ${made}; } async connect() { return fetch('http://127.0.0.1:9/'); } async list() { await this.ready; return []; } }`;

  test.each(['this.connect()', 'this.connect().then((found) => found.status)'])(
    'is noted: %s',
    async (made) => {
      expect(await notesOf(connects(made))).toEqual([expect.stringMatching(/keeps what connect\(\) gives/)]);
    },
  );

  test('is noted in a field', async () => {
    const agent = `export class FacebookAdsAgent { ready = this.connect(); async connect() { return 1; } ${LISTS} }`;
    expect(await notesOf(agent)).toEqual([expect.stringMatching(/keeps what connect\(\) gives/)]);
  });

  test.each(['this.connect().catch(() => undefined)', "Promise.resolve('a')"])(
    'is not noted where it does not fail: %s',
    async (made) => {
      expect(await notesOf(connects(made))).toEqual([]);
    },
  );

  test('is not noted where the cache waits for more than the constructor', async () => {
    expect(await notesOf(connects('this.connect()'), '', CONNECTS)).toEqual([]);
  });
});

const SPEAKS = `import i18n from 'i18next';
export class FacebookAdsAgent { #lang = i18n.language; async list() { return fetch('http://127.0.0.1:9/' + this.#lang); } }
`;

describe('a package that an agent is built with', () => {
  const placeWith = (code: string) =>
    leftIn({
      'src/agents/facebook-ads-agent.ts': SPEAKS,
      'src/code.ts': `import { Router } from 'express';
import i18n from 'i18next';
${CLASS}
export const router = Router();
${code}
router.get('/', async (req: any, res: any) => { const agent = new FacebookAdsAgent(); res.json(await agent.list()); });
`,
    });

  test.each([
    'await i18n.changeLanguage(req.query.l)',
    'i18n.setLocale(req.query.l)',
    'i18n.locale(req.query.l)',
    'void i18n.changeLanguage(req.query.l)',
    'req.query.l && (await i18n.changeLanguage(req.query.l))',
  ])('is set by requests: %s', async (call) => {
    const code = `router.use(async (req: any, _res: any, next: any) => { ${call}; next(); });`;
    expect(await placeWith(code)).toEqual(['constructor-reads-request']);
  });

  test.each([
    "await i18n.changeLanguage('en');",
    'router.use(async (req: any, res: any, next: any) => { res.locals.t = i18n.getFixedT(req.query.l); next(); });',
  ])('is the same for all: %s', async (code) => {
    expect(await placeWith(code)).toEqual(['migrated']);
  });
});
