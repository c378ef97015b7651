import { someOf } from '../support/depth.ts';
import path from 'node:path';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { temporaryTree } from './support/temporary-tree.ts';

/** Code that may fail, answer or leave: the agent is awaited below it. */
const LOUD = {
  'a class of the tree': 'const query = new CampaignQuery(req.query);',
  'a class of a package': 'const query = new PackageQuery();',
  'a class that hides a global': 'const seen = new Set(req.query);',
  'an address': 'const to = new URL(String(req.query.to));',
  'a pattern that is made': 'const pattern = new RegExp(String(req.query.q));',
  'a list of a length': 'const list = new Array(Number(req.query.size));',
  'a map of pairs from elsewhere': 'const map = new Map(req.body);',
  'a set of what may be no list': 'const unique = new Set(req.query.ids);',
  'an optional call': 'const parsed = helpers.parse?.(req.query.id);',
  'an optional call of a name': 'const parsed = maybe?.(req.query.id);',
  'an optional call of a method that may throw': 'const parsed = helpers?.parse(req.query.id);',
  'a tagged template': `const query = sql\`select \${req.query.id}\`;`,
  'a callback by its name': "const ids = String(req.params.ids).split(',').map(parseId);",
  'a filter by its name': "const ids = String(req.params.ids).split(',').filter(isId);",
  'every by its name': "const all = String(req.params.ids).split(',').every(isId);",
  'some by its name': "const some = ['a'].some(isId);",
  'a search by its name': "const one = ['a'].find(isId);",
  'an order by its name': "const ids = String(req.params.ids).split(',').sort(byId);",
  'a callback that is a member': "const ids = ['a'].map(helpers.parse);",
  'a callback that calls': "const ids = ['a'].map((id) => parseId(id));",
  'a callback that throws':
    "const ids = ['a'].map((id) => { if (id === '') throw new Error(); return id; });",
  'a callback that reads what may be missing': 'const ids = [req.body].map((each) => each.id);',
  'a callback of a replacement': 'const text = String(req.query.q).replace(/a/g, parseId);',
  'an async callback': "const rows = ['a'].map(async (id) => id);",
  'a getter of the module': 'const limit = settings.limit;',
  'a getter of an import': 'const limit = imported.limit;',
  'a getter behind a question mark': 'const limit = imported?.limit;',
  'a property of what may be missing': 'const id = req.body.id;',
  'a property of a part of the request': 'const id = req.user.id;',
  'a property behind one that may be missing': 'const id = req.query?.filter.id;',
  'a property of an argument': 'const id = res.locals.user.id;',
  'a pattern over what may be missing': 'const { id } = req.body;',
  'a pattern in a pattern': 'const { filter: { id } } = req.query;',
  'a pattern over a list that may be none': 'const [id] = req.query.ids;',
  'a default that calls': 'const { id = parseId(req) } = req.query;',
  'a method of what may be another type': 'const ids = req.query.ids.split(",");',
  'a method of what may be missing': 'const id = req.params.id.trim();',
  'the text of a date': 'const from = new Date(String(req.query.from)).toISOString();',
  'digits of what may be none': 'const price = req.query.price.toFixed(2);',
  'more digits than there are': 'const price = Number(req.query.price).toFixed(101);',
  'digits by a variable': 'const price = Number(req.query.price).toFixed(req.query.digits);',
  'a big integer': 'const id = BigInt(req.params.id);',
  'numbers of two kinds': 'const id = Number(req.params.id) * 2n;',
  'text that is parsed': 'const filter = JSON.parse(String(req.query.filter));',
  'text that is decoded': 'const id = decodeURIComponent(String(req.params.id));',
  'text of a body that is encoded': 'const id = encodeURIComponent(String(req.body?.id));',
  'text that is cut and encoded': 'const id = encodeURIComponent(String(req.params.id).slice(0, 3));',
  'text of what may refer to itself': 'const text = JSON.stringify(settings);',
  'a repetition': "const line = '-'.repeat(Number(req.query.width));",
  'a form of text': 'const text = String(req.query.q).normalize(String(req.query.form));',
  'all matches of a pattern': 'const text = String(req.query.q).replaceAll(/a/, "");',
  'the text that a pattern may be': 'const has = String(req.query.q).includes(pattern);',
  'a property that goes': 'delete req.query.id;',
  'a list that is spread': 'const ids = [...req.query.ids];',
  'arguments that are spread': 'const most = Math.max(...req.body);',
  'an object that is spread': 'const all = { ...settings };',
  'a key of what may be none': "const has = 'id' in req.body;",
  'an instance of what may be no class': 'const is = req.query instanceof imported;',
  'keys of what may be missing': 'const keys = Object.keys(req.body);',
  'a name that nothing declares': 'const debug = DEBUG;',
  'a symbol of a private name': 'const text = Symbol.keyFor(req.query);',
  'a setter': 'settings.limit = 1;',
  'a part of what may be missing': 'req.body.seen = true;',
  'a part behind a test that fails': 'const id = req.user ? 1 : req.user.id;',
  'a part behind half of a test': 'const id = (req.user || req.query.all) && req.user.id;',
  'a text behind a test of another': "const q = typeof req.query.p === 'string' ? req.query.q.trim() : '';",
  'a text that changes behind its test':
    "let q = req.query.q; const t = typeof q === 'string' ? ((q = req.query.p), q.trim()) : '';",
  'pairs of what may be none': 'const own = Object.fromEntries(req.query.pairs);',
  'pairs that were changed': 'const own = Object.fromEntries(Object.entries(req.query).map(([key]) => key));',
  'a query of what may be a list': 'const text = new URLSearchParams(req.query.pairs);',
  'a method of what may be missing by a test': 'const q = req.query.q && req.query.q.trim();',
  'a loop over what may be no list': 'for (const id of req.query.ids) console.log(id);',
  'a class that extends another': 'class Own extends imported {}',
  'a class with a static part': 'class Own { static first = parseId(1); }',
  'an answer': "res.set('x-seen', '1');",
  'an exit': 'if (!req.query.id) return;',
  'an error': "if (!req.query.id) throw new Error('400');",
  'a function of the tree': 'audit(req);',
  'a function among quiet ones': 'const id = String(parseId(req.query.id));',
  'a function of the tree in a template': `const id = \`\${parseId(req.query.id)}\`;`,
  'a list that others fill':
    "const list = ['a']; list.push(req.body); const ids = list.map((each) => each.trim());",
  'a name in a block that hides another':
    'if (req.query.id) { const req = imported; console.log(req.query.id.x); }',
  'a promise': 'const waiting = Promise.all([]);',
  'bytes of what may be no text': 'const bytes = Buffer.from(req.query.id);',
  'an encoding by a variable':
    'const text = Buffer.from(String(req.query.id), req.query.encoding).toString();',
  'a number in bytes': 'const size = Buffer.from(String(req.query.id)).readUInt32BE(0);',
  'a hash by a variable': "const hash = createHash(req.query.by).update('a').digest('hex');",
  'a hash of what may be no text': "const hash = createHash('sha256').update(req.query.id).digest('hex');",
  'a hash that is written twice':
    "const hash = createHash('md5'); const one = hash.digest('hex'), two = hash.digest('hex');",
  'text of what a function leaves open': 'const text = JSON.stringify(circular(req.query));',
  'text of what stands behind a list that is spread':
    "const text = JSON.stringify(second(...[1, circular], 'a'));",
  'a text of what has one of its own': `const text = \`\${odd}\`;`,
  'a text of the same by a function': 'const text = String([odd]);',
  'a text of a number that is none': 'const text = String(Number.parseInt(odd, 10));',
  'a number of what has one of its own': 'const sum = 1 + odd;',
  'a comparison of it': 'const is = odd > 1 || odd == 2;',
  'a list of it that is written': "const text = [odd].join(',');",
  'a date of it': 'const at = new Date(odd);',
  'a sum that it is added to': 'let sum = 1; sum += odd;',
  'a name that is made of it': 'const part = req.query[odd];',
  'a sign before it': 'const sum = -odd;',
  'a text of what is written by code of its own': 'const text = JSON.stringify([written]);',
  'a text of a big integer': 'const text = JSON.stringify([big]);',
  'a big integer and a number': 'const sum = big * 2;',
  'a text of a symbol': `const text = \`\${mark}\`;`,
  'a text of what has none': `const text = \`\${bare}\`;`,
  'a text of what a class makes': `const text = \`\${asked}\`;`,
  'a timer': 'setTimeout(() => undefined, req.query.ms);',
  'a log that is no log': 'login.info(req.query.id);',
  'the header of no name': 'const id = req.get();',
} as const;

/** Code that neither fails nor answers: the agent stays where it is built. */
const QUIET = {
  literals: "const a = [1, 'two', null, true, /x/g, 3n, { four: 4 }];",
  conversions: 'const id = String(req.query.id), size = Number(req.query.size), is = Boolean(req.query.is);',
  integers: 'const size = parseInt(String(req.query.size), 10), ratio = Number.parseFloat(req.query.ratio);',
  'a default': "const limit = Number(req.query.limit ?? '10');",
  'another default': "const sort = req.query.sort || 'id';",
  'a template': `const text = \`\${req.params.id}-\${Number(req.query.size)}\`;`,
  'a raw template': `const text = String.raw\`\\d\${req.params.id}\`;`,
  'a map and a set': 'const seen = new Map(), unique = new Set(), pairs = new Map([["a", 1]]);',
  'a set of texts': "const unique = new Set(String(req.query.ids).split(','));",
  'what is put into them': "const seen = new Map(); seen.set('a', 1); const size = seen.size;",
  now: 'const now = new Date().toISOString(), at = Date.now();',
  'a date': 'const from = new Date(String(req.query.from)).getTime();',
  'parts of the request': 'const { id } = req.params, { limit, offset = 0 } = req.query;',
  'the rest of a query': 'const { limit, ...filter } = req.query;',
  'a header': "const language = req.get('accept-language'), type = req.headers['content-type'];",
  'parts that may be missing': 'const id = req.body?.id, user = req.user?.name;',
  'an object in their place': 'const { id } = req.body ?? {};',
  locals: 'const user = res.locals.user;',
  'the environment': "const region = process.env.REGION ?? 'eu', zone = process.env['ZONE'];",
  texts: "const ids = String(req.query.ids ?? '').split(',').map((id) => id.trim()).filter(Boolean);",
  'texts that are found':
    "const has = String(req.query.q).toLowerCase().includes('a'), size = String(req.query.q).length;",
  'texts that are replaced':
    "const text = String(req.query.q).replace(/\\s+/g, ' ').replaceAll('a', 'b').slice(0, 9);",
  'numbers that are written':
    'const price = Number(req.query.price).toFixed(2), hex = Number(req.query.id).toString(16);',
  lists: "const all = ['a', 'b'].map(String).concat(['c']).join(), last = ['a'].at(-1);",
  'lists that are searched':
    "const is = ['a', 'b'].includes(req.query.sort), some = ['a'].some((each) => each === req.query.sort);",
  'a list in a list': "const ids = ['a']; const all = [...ids, 'b'];",
  'an object in an object':
    'const defaults = { limit: 1 }; const all = { ...req.query, ...defaults, id: req.params.id };',
  counting: 'const page = Math.max(1, Number(req.query.page) || 1); const from = (page - 1) * 20;',
  'a variable': 'let limit = 10; if (req.query.all === "1") limit = 100; else limit += 1;',
  'a choice': 'const sort = req.query.sort === "name" ? "name" : "id";',
  cases: "let days = 1; switch (req.query.range) { case 'week': days = 7; break; default: days = 1; }",
  'a loop': 'let sum = 0; for (let i = 0; i < 3; i += 1) sum += i;',
  'a log': `console.log('list', req.path); req.log.info({ path: req.path }, 'list'); logger.warn(\`all \${req.path}\`);`,
  'functions that are not called yet':
    'const load = () => parseId(req.body.id); function later() { throw new Error(); }',
  'a class that is not built yet': 'class Own { first = parseId(1); }',
  types: 'const isList = Array.isArray(req.query.ids), kind = typeof req.body;',
  keys: "const keys = Object.keys(req.query), has = 'id' in req.query;",
  'an error that is not thrown': "const none = new Error('none');",
  'a literal that is filled': 'const filter = {}; filter.id = req.query.id; const { id } = filter;',
  'locals that are set': 'res.locals.seen = true;',
  'text of what came in': 'const text = JSON.stringify(req.query.filter);',
  'text of all that came in':
    'const text = JSON.stringify(req.query), all = JSON.stringify({ ...req.query, id: req.params.id });',
  'text of a list': 'const text = JSON.stringify([req.query.a, req.params.b], null, 2);',
  'text that is encoded':
    'const id = encodeURIComponent(String(req.params.id)), q = encodeURIComponent(req.query.q ?? "");',
  'an object of pairs':
    "const own = Object.fromEntries(Object.entries(req.query).filter(([key]) => key !== 'token'));",
  'pairs that are written': `const text = Object.entries(req.query).map(([key, value]) => \`\${key}=\${value}\`).join('&');`,
  'a query that is made': 'const text = new URLSearchParams({ id: req.params.id }).toString();',
  'a text behind a test': "const q = typeof req.query.q === 'string' ? req.query.q.trim() : '';",
  'a list behind a test': 'const first = Array.isArray(req.query.ids) ? req.query.ids[0] : req.query.ids;',
  'a text of what may be missing': "const q = req.query.q?.toString() ?? '';",
  'a part behind a test': 'const id = req.user && req.user.id;',
  'a day': 'const since = new Date(Date.now() - 7 * 86_400_000).toISOString();',
  'a line': "const line = '-'.repeat(20);",
  'text that is written otherwise':
    "const text = Buffer.from(String(req.query.id)).toString('base64'), id = Buffer.from(String(req.params.id), 'hex').toString();",
  'a hash of a text': "const hash = createHash('sha256').update(String(req.query.id)).digest('hex');",
  'texts of what is plain': `const plain = { limit: 1 }, pair = ['a', 1]; const text = \`\${plain} \${pair}\`, sum = 1 + pair.length;`,
  'what is compared with itself': "const same = req.query.id === 'a' || typeof req.query.id !== 'string';",
  'a name that is made': 'const id = crypto.randomUUID();',
} as const;

const HEAD = `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
import { PackageQuery, sql, maybe } from 'a-package';
import { createHash } from 'node:crypto';
import { CampaignQuery } from './campaign-query.js';
import { audit, byId, helpers, imported, isId, login, logger, parseId, pattern } from './helpers.js';

const settings = { get limit() { throw new Error('no limit'); } };
const second = (one, other) => other;
const odd = { toString() { throw new Error('odd'); }, valueOf() { throw new Error('odd'); } };
const written = { toJSON: () => { throw new Error('odd'); } };
const big = 3n, mark = Symbol('m'), bare = Object.create(null), asked = new CampaignQuery({});
const circular = (query) => { const all = { query }; all.self = all; return all; };
`;

const handler = (code: string, index: number, hidden: boolean) => `
export async function handler${index}(req, res${hidden ? ', Set' : ''}) {
  const agent = new FacebookAdsAgent();
  ${code}
  res.json(await agent.getCampaigns());
}
`;

const entries = [...Object.entries(LOUD), ...Object.entries(QUIET)];
const handlers = new Map<string, string>();

beforeAll(async () => {
  const tree = temporaryTree({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'src/agents/facebook-ads-agent.js':
      'export class FacebookAdsAgent { async getCampaigns() { return []; } }\n',
    'src/utils/agent-cache.js': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
async function create() { const agent = new FacebookAdsAgent(); await agent.getCampaigns(); return agent; }
let entry;
export function getFacebookAgent() { return (entry ??= create()); }
`,
    'src/routes.js':
      HEAD +
      entries.map(([name, code], index) => handler(code, index, name.includes('hides a global'))).join(''),
  });
  try {
    for await (const { path: file, output = '', error } of migrateTree(
      [path.join(tree.root, 'src')],
      DEFAULT_OPTIONS,
    )) {
      if (error) throw new Error(`${file}: ${error}`);
      if (!file.endsWith('routes.js')) continue;
      for (const text of output.split('\nexport '))
        handlers.set(/handler\d+/.exec(text)?.[0] ?? 'head', text);
    }
  } finally {
    tree.remove();
  }
});

test.each(someOf(Object.keys(LOUD)))('%s can leave or fail: the agent is awaited below', (name) => {
  expect(acquired(name)).toBe('below');
});

test.each(someOf(Object.keys(QUIET)))('%s: the agent is awaited where it was built', (name) => {
  expect(acquired(name)).toBe('above');
});

/** Where the agent is awaited in a handler: above its code or below it. */
function acquired(name: string): string {
  const index = entries.findIndex(([each]) => each === name);
  const lines = (handlers.get(`handler${index}`) ?? '').split('\n').map((line) => line.trim());
  const at = lines.findIndex((line) => line.includes('await getFacebookAgent()'));
  return at < 0 ? 'nowhere' : at === 1 ? 'above' : 'below';
}
