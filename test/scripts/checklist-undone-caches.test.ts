import { GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
const EVENTS = "import { EventEmitter } from 'node:events';\n";
const KEPT = 'let a: FacebookAdsAgent | undefined;\n';
const getter = (body: string) => `export async function getFacebookAgent() { ${body} }\n`;

const judged = async (cache: string, route = NEW_WAY) => {
  const tree = new Tree({
    ...GROUND,
    'src/utils/agent-cache.ts': CLASS + cache,
    'src/api/a.ts': route,
    'MIGRATION.md': '- [ ] `src/api/a.ts`\n- [ ] `src/utils/agent-cache.ts`\n',
  });
  const { ok, cache: verdict, items } = await report(tree);
  const ids = items.flatMap(({ findings }) => findings.map(({ id }) => id));
  return { ok, verified: verdict.verified, ids };
};

/** A test for each row; their texts are no formats of titles. */
const each = (rows: readonly (readonly [name: string, cache: string])[], outcome: object) => {
  for (const [name, cache] of rows)
    test(name, async () => {
      expect(await judged(cache)).toEqual(outcome);
    });
};

const VERIFIED = { ok: true, verified: 'source', ids: [] };
const using = (kind: string, held: string) =>
  `${KEPT}${getter(`a ??= new FacebookAdsAgent(); ${kind} _held: any = ${held}; return a;`)}`;
const HOLDER = 'class Held { [Symbol.dispose]() { a = undefined; } }\n';
const told = (listens: string, tells: string) =>
  `${EVENTS}${KEPT}const bus = new EventEmitter();\nbus.on('${listens}', () => { a = undefined; });\n${getter(`a ??= new FacebookAdsAgent(); const now = a; bus.emit('${tells}'); return now;`)}`;

describe('a cache that undoes what it keeps is red', () => {
  each(
    [
      ['when a block ends', using('using', '{ [Symbol.dispose]() { a = undefined; } }')],
      [
        'when a block ends, later',
        using('await using', '{ async [Symbol.asyncDispose]() { a = undefined; } }'),
      ],
      ['when a block ends that uses a class', HOLDER + using('using', 'new Held()')],
      ['by what it tells of itself', told('used', 'used')],
      [
        'by another function that takes the place of the first',
        `${KEPT}export let getFacebookAgent: any = async () => { getFacebookAgent = async () => new FacebookAdsAgent(); return (a ??= new FacebookAdsAgent()); };\n`,
      ],
    ],
    { ok: false, verified: 'no', ids: ['cache-builds'] },
  );
});

describe('by chance it keeps nothing that can be told of', () => {
  const ofChance = (condition: string) =>
    `${KEPT}${getter(`if (${condition}) a = undefined; return (a ??= new FacebookAdsAgent());`)}`;
  each(
    ['Math.random() < 0.5', '!(Math.random() > 0.1)', 'Math.floor(Math.random() * 10) === 0'].map(
      (condition) => [condition, ofChance(condition)] as const,
    ),
    { ok: true, verified: 'no', ids: [] },
  );
});

describe('a cache that lets go of other things keeps its own', () => {
  each(
    [
      ['a block that only logs at its end', using('using', "{ [Symbol.dispose]() { console.log('x'); } }")],
      [
        'a block with something that nobody sees',
        using('using', 'await lock()').replace('let', "import { lock } from 'locks';\nlet"),
      ],
      ['what it tells nobody', told('gone', 'used')],
      [
        'a function that takes its own place',
        'export let getFacebookAgent: any = async () => { const one = new FacebookAdsAgent(); getFacebookAgent = async () => one; return one; };\n',
      ],
      [
        'one call of some that is noted',
        `${KEPT}${getter('if (Math.random() < 0.01) console.log(a); return (a ??= new FacebookAdsAgent());')}`,
      ],
      [
        'a lifetime that is never quite the same',
        `${KEPT}let until = 0;\n${getter('if (!a || Date.now() > until) { a = new FacebookAdsAgent(); until = Date.now() + 3_600_000 + Math.random() * 60_000; } return a;')}`,
      ],
    ],
    VERIFIED,
  );
});

describe('a function that lets go of the shared agent', () => {
  const CACHE = `${KEPT}${getter('return (a ??= new FacebookAdsAgent());')}export const resetAgent = () => { a = undefined; };\n`;
  const route = (body: string) =>
    `import { Router } from 'express';\nimport { getFacebookAgent, resetAgent } from '../utils/agent-cache.ts';\nexport const router = Router();\nrouter.get('/', async (_req, res) => { ${body} res.json(await (await getFacebookAgent()).getCampaigns()); });\n`;
  const ANSWERED = [
    "res.on('finish', resetAgent);",
    "res.once('close', resetAgent);",
    'setImmediate(resetAgent);',
    "res.on('finish', () => resetAgent());",
  ];
  for (const body of ANSWERED)
    test(`is red where every answer leads to it: ${body}`, async () => {
      expect(await judged(CACHE, route(body))).toMatchObject({ ok: false, ids: ['invalidates-per-request'] });
    });
  for (const body of [
    "process.on('SIGHUP', resetAgent);",
    "res.on('error', resetAgent);",
    'void work().catch(resetAgent);',
  ])
    test(`is well where something else does: ${body}`, async () => {
      expect(await judged(CACHE, `${route(body)}const work = async () => {};\n`)).toEqual(VERIFIED);
    });
});
