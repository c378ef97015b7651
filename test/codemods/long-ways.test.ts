import type { ReasonId } from '../../codemods/agent-cache/reasons/reason.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { temporaryTree } from './support/temporary-tree.ts';

type Files = Readonly<Record<string, string>>;

const AGENT = 'src/agents/facebook-ads-agent.js';
const ROUTES = 'src/routes/campaigns.js';

const HEAD = `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export const router = Router();
`;

const CLASS = `export class FacebookAdsAgent {
  async getCampaign(id) { return { id }; }
  async close() { this.closed = true; }
}
`;

const BASE: Files = {
  'package.json': '{ "type": "module", "dependencies": { "express": "^5.0.0" } }',
  [AGENT]: CLASS,
  'src/utils/agent-cache.js': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared;
export async function getFacebookAgent() { shared ??= new FacebookAdsAgent(); return shared; }
`,
};

const SET = 'const state = { id: "" };\n';

function upTo(count: number, write: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => write(index + 1)).join('\n');
}

/** `f1`, which calls `f2`, and so on; the last one of them does it. */
function chain(count: number, last: string, { param = 'it', word = '' } = {}): string {
  const call = (index: number) => `return ${word && 'await '}f${index + 1}(${param});`;
  return `${upTo(count, (index) => `${word}function f${index}(${param}) { ${index === count ? last : call(index)} }`)}\n`;
}

function route(
  top: string,
  before: string,
  after = 'res.json(await agent.getCampaign(req.params.id));',
): Files {
  return {
    [ROUTES]: `${HEAD}${top}
router.get('/:id', async (req, res) => {
  ${before}
  const agent = new FacebookAdsAgent();
  ${after}
});
`,
  };
}

const READ = 'res.json(await agent.getCampaign(state.id));';
const USE = 'res.json(await agent.getCampaign(req.params.id));';

function inFiles(count: number, last: string, imported: string): Files {
  const write = (index: number) =>
    index === count
      ? `${imported}\nexport async function f${index}(it) { ${last} }\n`
      : `import { f${index + 1} } from './f${index + 1}.js';\nexport async function f${index}(it) { return await f${index + 1}(it); }\n`;
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`src/f${at + 1}.js`, write(at + 1)]));
}

/** What is wrong in code however far away it is: the longer the way, the more functions, names and files lie between. */
const WAYS: readonly [name: string, id: ReasonId, tree: (count: number) => Files][] = [
  [
    'set by a function',
    'set-before-agent',
    (n) => route(SET + chain(n, 'state.id = it;'), 'f1(req.params.id);', READ),
  ],
  [
    'read by a function',
    'set-before-agent',
    (n) =>
      route(
        SET + chain(n, 'return state.id;', { param: '' }),
        'state.id = req.params.id;',
        'res.json(await agent.getCampaign(f1()));',
      ),
  ],
  [
    'set by a middleware',
    'set-before-agent',
    (n) =>
      route(
        `${SET}${chain(n, 'state.id = it;')}router.use((req, _res, next) => { f1(req.query.id); next(); });`,
        '',
        READ,
      ),
  ],
  [
    'set by a method',
    'set-before-agent',
    (n) =>
      route(
        `class State { ${upTo(n, (at) => `m${at}(id) { ${at === n ? 'this.id = id;' : `this.m${at + 1}(id);`} }`)} }\nconst state = new State();`,
        'state.m1(req.params.id);',
        READ,
      ),
  ],
  [
    'set by a function that is handed on',
    'set-before-agent',
    (n) => route(SET + chain(n, 'it();'), 'f1(() => { state.id = req.params.id; });', READ),
  ],
  [
    'set under another name',
    'set-before-agent',
    (n) =>
      route(
        `${SET}const s0 = state;\n${upTo(n, (at) => `const s${at} = s${at - 1};`)}`,
        `s${n}.id = req.params.id;`,
        READ,
      ),
  ],
  [
    'set in another file',
    'set-before-agent',
    (n) => ({
      'src/state.js': `export ${SET}`,
      ...inFiles(n, 'state.id = it;', "import { state } from './state.js';"),
      ...route(
        "import { f1 } from '../f1.js';\nimport { state } from '../state.js';",
        'f1(req.params.id);',
        READ,
      ),
    }),
  ],
  [
    'set by what comes through barrels',
    'set-before-agent',
    (n) => ({
      'src/b0.js': `export ${SET}export function become(id) { state.id = id; }\n`,
      ...Object.fromEntries(
        Array.from({ length: n }, (_, at) => [`src/b${at + 1}.js`, `export * from './b${at}.js';\n`]),
      ),
      ...route(
        `import { become } from '../b${n}.js';\nimport { state } from '../b0.js';`,
        'become(req.params.id);',
        READ,
      ),
    }),
  ],
  [
    'set where the function is called',
    'set-before-agent',
    (n) => ({
      [ROUTES]: `${HEAD}${SET}${chain(n, 'const agent = new FacebookAdsAgent(); return await agent.getCampaign(state.id);', { param: '', word: 'async ' })}
router.get('/:id', async (req, res) => { state.id = req.params.id; res.json(await f1()); });
`,
    }),
  ],
  [
    'closed by a function',
    'agent-closed',
    (n) => route(chain(n, 'return it.close();'), '', `await f1(agent); ${USE}`),
  ],
  [
    'kept by a function',
    'agent-kept',
    (n) => route(`const kept = [];\n${chain(n, 'kept.push(it);')}`, '', `f1(agent); ${USE}`),
  ],
  [
    'changed by a function',
    'agent-changed',
    (n) => route(chain(n, 'it.token = 1;'), '', `f1(agent); ${USE}`),
  ],
  [
    'closed in another file',
    'agent-closed',
    (n) => ({
      ...inFiles(n, 'await it.close();', ''),
      ...route("import { f1 } from '../f1.js';", '', `await f1(agent); ${USE}`),
    }),
  ],
  [
    'closed as it was given back',
    'agent-closed',
    (n) => route(chain(n, 'return it;'), '', `const same = f1(agent); await same.close(); ${USE}`),
  ],
  [
    'closed by what holds it',
    'agent-closed',
    (n) =>
      route(
        `class K0 { constructor(it) { this.it = it; } async end() { await this.it.close(); } }\n${upTo(n, (at) => `class K${at} { constructor(it) { this.it = new K${at - 1}(it); } async end() { await this.it.end(); } }`)}`,
        '',
        `const held = new K${n}(agent); await held.end(); ${USE}`,
      ),
  ],
  [
    'kept by a class that others extend',
    'agent-kept',
    (n) =>
      route(
        `const kept = new Map();\nclass K0 { constructor(it) { kept.set(1, it); } }\n${upTo(n, (at) => `class K${at} extends K${at - 1} { constructor(it) { super(it); } }`)}`,
        '',
        `new K${n}(agent); ${USE}`,
      ),
  ],
  [
    'kept by a class above',
    'agent-keeps-argument',
    (n) => ({
      ...route('', ''),
      [AGENT]: `class B0 { use(id) { this.id = id; } }\n${upTo(n, (at) => `class B${at} extends B${at - 1} {}`)}
export class FacebookAdsAgent extends B${n} { async getCampaign(id) { this.use(id); await null; return { id: this.id }; } }
`,
    }),
  ],
  [
    'a result that the agent keeps, changed by a function',
    'agent-changed',
    (n) => ({
      ...route(
        chain(n, 'it.rows.push(1);'),
        '',
        'const all = await agent.getCampaign(1); f1(all); res.json(all);',
      ),
      [AGENT]:
        'export class FacebookAdsAgent { async getCampaign() { return (this.all ??= { rows: [] }); } }\n',
    }),
  ],
  [
    'built as a class that extends others',
    'subclass-built',
    (n) => ({
      [ROUTES]: `${HEAD}class A0 extends FacebookAdsAgent {}\n${upTo(n, (at) => `class A${at} extends A${at - 1} {}`)}
export const make = () => new A${n}();
`,
    }),
  ],
  [
    'built as a class that extends those of other files',
    'subclass-built',
    (n) => ({
      'src/a0.js':
        "import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';\nexport class A0 extends FacebookAdsAgent {}\n",
      ...Object.fromEntries(
        Array.from({ length: n }, (_, at) => [
          `src/a${at + 1}.js`,
          `import { A${at} } from './a${at}.js';\nexport class A${at + 1} extends A${at} {}\n`,
        ]),
      ),
      [ROUTES]: `import { A${n} } from '../a${n}.js';\nexport const make = () => new A${n}();\n`,
    }),
  ],
];

const LENGTHS = [1, 5, 14];

test.each(WAYS.flatMap(([name, id, tree]) => LENGTHS.map((length) => [name, length, id, tree] as const)))(
  '%s, %i away, is seen',
  async (_name, length, id, tree) => {
    expect(await reasonsIn(tree(length))).toEqual([id]);
  },
);

test.each([1, 5, 14])('a class that %i modules hand on is found', async (length) => {
  const barrels = Array.from({ length }, (_, at) => [
    `src/b${at + 1}.js`,
    `export * from './${at === 0 ? 'agents/facebook-ads-agent' : `b${at}`}.js';\n`,
  ]);
  const files = { ...Object.fromEntries(barrels), ...route('', '') };
  files[ROUTES] = files[ROUTES]?.replace('../agents/facebook-ads-agent.js', `../b${length}.js`) ?? '';
  expect(await reasonsIn(files)).toEqual(['rewired']);
});

test('functions that call themselves, deeper each time, come to an end', async () => {
  const top = `${SET}function f1(it) { if (it.more) f2({ more: it }); state.id = it.id; }\nfunction f2(it) { f1(it.more); f2({ more: it }); }\n`;
  expect(await reasonsIn(route(top, 'f1(req.params);', READ))).toEqual(['set-before-agent']);
  expect(
    await reasonsIn(route('function f1(it) { if (it) f1({ it }); }', '', `f1({ agent }); ${USE}`)),
  ).toEqual(['agent-kept']);
});

// Each field of each field, eight deep, would be 65,536 ways for four fields.
test('a walk that calls itself for each field of a node comes to an end', async () => {
  const fields = ['left', 'right', 'body', 'test'].map((field) => `walk(node.${field});`).join(' ');
  const walk = `export const root = { total: 0 };\nexport function walk(node) { if (!node) return; node.total = (node.total ?? 0) + 1; ${fields} }\n`;
  const files = {
    'src/walk.js': walk,
    ...route(
      "import { root, walk } from '../walk.js';",
      'walk(root);',
      'walk(root); res.json(await agent.getCampaign(root.total));',
    ),
  };
  expect(await reasonsIn(files)).toEqual(['set-before-agent']);
});

test('what comes round by the ninth turn of a function that calls itself is seen', async () => {
  const top = `${SET}function set(it, id) { it.id = id; }
function each(it, id) { set(it.a, id); set(it.b, id); set(it.c, id); set(it.d, id); }
function turn(a, b, c, d, e, f, g, h, i, j, id) { each(j, id); if (a.more) turn(b, c, d, e, f, g, h, i, j, a, id); }
`;
  const read = 'res.json(await agent.getCampaign(state.a));';
  expect(
    await reasonsIn(route(top, 'turn({}, {}, {}, {}, {}, {}, {}, {}, state, {}, req.params.id);', read)),
  ).toEqual(['set-before-agent']);
});

// By one way after the other, 24 layers are sixteen million.
test('what barrels over barrels hand on by many ways is looked for once', async () => {
  const layers = 24;
  const barrels = Array.from({ length: layers }, (_, at) =>
    ['a', 'b'].map((side) => [
      `src/${side}${at}.js`,
      `export * from './a${at + 1}.js';\nexport * from './b${at + 1}.js';\n`,
    ]),
  );
  const files = {
    ...Object.fromEntries(barrels.flat()),
    [`src/a${layers}.js`]: `export ${SET}export function become(id) { state.id = id; }\n`,
    [`src/b${layers}.js`]: "export { getFacebookAgent } from './kept.js';\n",
    'src/kept.js': BASE['src/utils/agent-cache.js']?.replace('../agents', './agents') ?? '',
    'src/utils/agent-cache.js': "export * from '../a0.js';\n",
    ...route(
      "import { become, missing, state } from '../a0.js';",
      'become(req.params.id); missing(1); missing.part.call(2);',
      READ,
    ),
  };
  expect(await reasonsIn(files)).toEqual(['set-before-agent']);
});

async function reasonsIn(files: Files): Promise<string[]> {
  const tree = temporaryTree({ ...BASE, ...files });
  const found: string[] = [];
  try {
    for await (const { occurrences } of migrateTree([`${tree.root}/src`], { ...DEFAULT_OPTIONS }))
      found.push(...occurrences.map(({ left, action }) => left?.id ?? action));
  } finally {
    tree.remove();
  }
  return found;
}
