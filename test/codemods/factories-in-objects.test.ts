import { someOf } from '../support/depth.ts';
import { statusOf } from './support/status-of-route.ts';

/** What becomes of an object with an async function that builds, beside another file of the tree. */
const statusBeside = (table: string, main = '') =>
  statusOf({
    files: {
      'src/routes.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';\n${table}\n`,
      'src/main.ts': `import express, { Router } from 'express';\nconst app = express();\nconst router = Router();\napp.use(router);\n${main}\n`,
    },
  });
const IMPORT = "import { table } from './routes.js';";
const EXPORTED = 'export const table = { open: async () => new FacebookAdsAgent() };';
const route = (agent: string, use = '') =>
  `router.get('/', async (req, res) => { const agent = ${agent}; ${use} res.json(await agent.getCampaigns()); });`;

test.each(
  someOf([
    [
      'in a list',
      'export const list = [{ provide: "ads", useFactory: async () => new FacebookAdsAgent() }];',
    ],
    [
      'by a name that nothing tells',
      'const table: Record<string, () => Promise<FacebookAdsAgent>> = { open: async () => new FacebookAdsAgent() };\nexport const show = async (name: string, user: string) => { const agent: any = await table[name]!(); agent.user = user; return agent.getCampaigns(); };',
    ],
    [
      'as a method, by a name that nothing tells',
      'const table = { async open() { return new FacebookAdsAgent(); } };\nexport const show = async (name: keyof typeof table, user: string) => { const agent: any = await table[name](); agent.user = user; return agent.getCampaigns(); };',
    ],
    [
      'by any name in another file',
      EXPORTED,
      `${IMPORT}\n${route('await (table as any)[String(req.query.name)]()')}`,
    ],
    [
      'by any name in another file, under another name',
      EXPORTED,
      `import { table as made } from './routes.js';\n${route('await (made as any)[String(req.query.name)]()')}`,
    ],
    [
      'by any name of a namespace',
      EXPORTED,
      `import * as routes from './routes.js';\n${route('await (routes.table as any)[String(req.query.name)]()')}`,
    ],
    ...[
      [
        'a name that it is exported by',
        `const table = { open: async () => new FacebookAdsAgent() };\nexport { table as made };`,
        "import { made } from './routes.js';",
      ],
      [
        'a default export',
        `const table = { open: async () => new FacebookAdsAgent() };\nexport default table;`,
        "import made from './routes.js';",
      ],
      [
        'a default export without a name',
        'export default { open: async () => new FacebookAdsAgent() };',
        "import made from './routes.js';",
      ],
      [
        'a pattern of a namespace',
        EXPORTED,
        "import * as routes from './routes.js';\nconst { table: made } = routes;",
      ],
      ['a module that is loaded late', EXPORTED, "const { table: made } = await import('./routes.js');"],
      [
        'a static',
        'export class made { static async open() { return new FacebookAdsAgent(); } }',
        "import { made } from './routes.js';",
      ],
      [
        'an instance',
        'class Made { async open() { return new FacebookAdsAgent(); } }\nexport const made = new Made();',
        "import { made } from './routes.js';",
      ],
      [
        'what is spread from it',
        EXPORTED,
        "import { table } from './routes.js';\nconst made = { ...table };",
      ],
      [
        'what a function gives',
        EXPORTED,
        "import { table } from './routes.js';\nconst tables = () => table;\nconst made = tables();",
      ],
    ].map(([how = '', table = '', take = '']): [string, string, string] => [
      `by any name of ${how}`,
      table,
      `${take}\n${route('await (made as any)[String(req.query.name)]()', '(agent as any).user = req.query.user;')}`,
    ]),
    [
      'by a pattern with any name',
      EXPORTED,
      `${IMPORT}\nconst give = (name: string) => { const { [name]: make } = table as any; return make(); };\n${route('await give(String(req.query.name))', '(agent as any).user = req.query.user;')}`,
    ],
    [
      'by the default export of a file that gives it on',
      EXPORTED,
      `${IMPORT}\nexport default async () => table.open();`,
    ],
    [
      'in a package',
      EXPORTED,
      `${IMPORT}\nimport { Container } from 'container';\nexport const made = new Container(table);`,
    ],
    [
      'by a function that gives it on to who changes it',
      EXPORTED,
      `${IMPORT}\nconst give = () => table.open();\n${route('await give()', '(agent as any).user = req.query.user;')}`,
    ],
    [
      'by a method that gives it on to who changes it',
      EXPORTED,
      `${IMPORT}\nclass Service { give() { return table.open(); } }\nconst service = new Service();\n${route('await service.give()', '(agent as any).user = req.query.user;')}`,
    ],
  ]),
)('an async function of an object that may be called %s stays', async (_name, table, main = '') => {
  expect(await statusBeside(table, main)).toBe('manual');
});

test.each([
  [
    'in its own file',
    `const table = { open: async () => new FacebookAdsAgent() };\nexport const show = async () => (await table.open()).getCampaigns();`,
  ],
  ['in another file', EXPORTED, `${IMPORT}\n${route('await table.open()')}`],
  [
    'under another name',
    EXPORTED,
    `import { table as made } from './routes.js';\n${route('await made.open()')}`,
  ],
  [
    'of a namespace',
    EXPORTED,
    `import * as routes from './routes.js';\n${route('await routes.table.open()')}`,
  ],
  [
    'by a function that gives it on to who only uses it',
    EXPORTED,
    `${IMPORT}\nconst give = () => table.open();\n${route('await give()')}`,
  ],
])('an async function of an object that is called by its name %s shares', async (_name, table, main = '') => {
  expect(await statusBeside(table, main)).toBe('migrated');
});

test.each([
  [
    'spread',
    `export const table = { open: async () => new FacebookAdsAgent(), ...other };`,
    'export const other = { ...table };',
  ],
  [
    'named again',
    `export const table = { open: async () => new FacebookAdsAgent(), other };`,
    'export const other = table;',
  ],
])('objects of two files that are %s in each other come to an end', async (_name, table, other) => {
  const status = await statusOf({
    files: {
      'src/routes.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';\nimport { other } from './two.js';\n${table}\n`,
      'src/two.ts': `import { table } from './routes.js';\n${other}\n`,
    },
  });
  expect(status).toMatch(/^(migrated|manual)$/);
});

test.each([
  ['a list of another variable', 'const table = [1]; console.table([table]);'],
  ['a property of another object', 'declare const db: any; db.run([db.table]);'],
  ['a parameter', 'export const show = (table: unknown, render: (each: unknown) => void) => render(table);'],
])('what only has the name of the object is none of its uses: %s', async (_name, other) => {
  const main = `import { table as made } from './routes.js';\n${other}\n${route('await made.open()')}`;
  expect(await statusBeside(EXPORTED, main)).toBe('migrated');
});
