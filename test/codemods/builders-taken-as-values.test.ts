import { AT_ONCE, CLASS, leftIn, WAITS } from './support/left-in.ts';

const HEAD = `import { Router } from 'express';
import { createPool } from 'generic-pool';
import { clients } from './clients.js';
export const router = Router();
const ready = Promise.resolve();
`;

/** What has the async builder `open`. */
const HOLDERS: Record<string, string> = {
  'an object': 'export const clients = { open: async () => new FacebookAdsAgent() };',
  'a class': 'export class clients { static async open() { return new FacebookAdsAgent(); } }',
  'an instance':
    'class Clients { async open() { return new FacebookAdsAgent(); } }\nexport const clients = new Clients();',
};

const handler = (code: string) => `router.get('/', async (req, res) => { ${code} });`;
const called = handler('res.json(await (await clients.open()).list());');
const LEFT: Record<string, string> = {
  'for a pool': 'export const pool = createPool({ create: clients.open });',
  'for a pool, bound': 'export const pool = createPool({ create: clients.open.bind(clients) });',
  'for a pool, by a pattern':
    'const { open: create } = clients;\nexport const pool = createPool({ create });',
  'for a pool, as a whole': 'export const pool = createPool(clients);',
  'for a pool, as a whole in an object': 'export const pool = createPool({ tools: [clients] });',
  'for a pool, beside a call': `export const pool = createPool({ create: clients.open });\n${called}`,
  'by any name': handler('(await clients[req.query.name]()).close(); res.end();'),
  'after a promise': handler('const a = await ready.then(clients.open); a.close(); res.end();'),
  'in a constant': handler('const open = clients.open; (await open()).close(); res.end();'),
  'by the response': 'router.use((req, res, next) => { res.locals.open = clients.open; next(); });',
  'to a function that closes it': `const run = async (open) => { (await open()).close(); };\n${handler('await run(clients.open); res.end();')}`,
};
const MIGRATED: Record<string, string> = {
  'after a promise': handler('const a = await ready.then(clients.open); res.json(await a.list());'),
  'to a function of the tree': `const run = async (open) => { const a = await open(); return a.list(); };\n${handler('res.json(await run(clients.open));')}`,
  'as a whole': `const run = async (all) => { const a = await all.open(); return a.list(); };\n${handler('res.json(await run(clients));')}`,
  'by a pattern': `const { open } = clients;\n${handler('res.json(await (await open()).list());')}`,
  'to see whether it is there': "if (typeof clients.open !== 'function') throw new Error('none');",
  'as a whole, by the response, to a handler that calls it': `router.use((req, res, next) => { res.locals.clients = clients; next(); });\n${handler('res.json(await (await res.locals.clients.open()).list());')}`,
};

const leftBeside = (holder: string, code: string, cache = WAITS) =>
  leftIn({
    'src/utils/agent-cache.ts': cache,
    'src/clients.ts': `${CLASS}\n${holder}\n`,
    'src/code.ts': `${HEAD}${code}\n`,
  });

const each = (table: Record<string, string>) =>
  Object.entries(HOLDERS).flatMap(([by, holder]) =>
    Object.entries(table).map(([name, code]): [string, string, string, string] => [by, name, holder, code]),
  );

test.each(each(LEFT))(
  'an async builder of %s that is given on, %s, is left',
  async (_, _name, holder, code) => {
    expect(await leftBeside(holder, code)).not.toContain('migrated');
    expect(await leftBeside(holder, code, AT_ONCE)).not.toContain('migrated');
  },
);

test.each(each({ 'by a call': called, 'as a whole': MIGRATED['as a whole'] ?? '' }))(
  'one of %s that is only called, %s, is migrated where nothing has to wait',
  async (_, _name, holder, code) => {
    const found = await leftBeside(holder, code, AT_ONCE);
    // An instance is not followed to whoever is given it.
    expect(found).toEqual([holder.includes('new Clients') ? 'given-to-unknown-callers' : 'migrated']);
  },
);

test.each(each(MIGRATED))('one of %s that is given on, %s, is migrated', async (_, _name, holder, code) => {
  expect(await leftBeside(holder, code)).toEqual(['migrated']);
});
