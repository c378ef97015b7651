import { someOf } from '../support/depth.ts';
import { CLASS, leftIn } from './support/left-in.ts';

const LOADS = `const load = async (id: string, token = '') => (await fetch('http://127.0.0.1:9/' + id, { headers: { token } })).json();
const send = (query: any) => load(query.id, query.token);
const partKey = (id: string, _token: string) => 'c:' + id;
function fullKey(id: string, token: string) { return 'c:' + id + ':' + token; }
const joined = (...parts: string[]) => parts.join(':');
`;

/** What a class has a package keep by a key, and what its method asks of that. */
type Row = readonly [imports: string, members: string];

const LRU = "import { LRUCache } from 'lru-cache';";
const MANAGER = "import { createCache } from 'cache-manager';";
const DEDUPE = "import { createCache } from 'async-cache-dedupe';";
const GET = 'async get(id: string, token: string)';

const LEFT: Record<string, Row> = {
  'what a loader of options is given beside the key': [
    LRU,
    `#cache = new LRUCache({ max: 9, fetchMethod: async (id: any, _old: any, { context }: any) => load(id, context) }); ${GET} { return this.#cache.fetch(id, { context: token }); }`,
  ],
  'the same, by another option': [
    LRU,
    `#cache = new LRUCache({ max: 9, memoMethod: (id: any, _old: any, { context }: any) => load(id, context) }); ${GET} { return this.#cache.memo(id, { context: token }); }`,
  ],
  'what its loader looks up for the request': [
    `${LRU}\nimport { AsyncLocalStorage } from 'node:async_hooks';\nconst als = new AsyncLocalStorage<any>();`,
    `#cache = new LRUCache({ max: 9, fetchMethod: async (id: any) => load(id, als.getStore().token) }); ${GET} { return this.#cache.fetch(id); }`,
  ],
  'a function that has more than the key': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap(id, () => load(id, token)); }`,
  ],
  'a function that has headers which are filled later': [
    MANAGER,
    `#cache = createCache(); ${GET} { const headers = new Headers(); headers.set('token', token); return this.#cache.wrap(id, () => fetch('http://127.0.0.1:9/' + id, { headers })); }`,
  ],
  'a function that has a form which is filled later': [
    MANAGER,
    `#cache = createCache(); ${GET} { const body = new FormData(); body.append('token', token); return this.#cache.wrap(id, () => fetch('http://127.0.0.1:9/' + id, { body })); }`,
  ],
  'a function that has more than a key of a name': [
    MANAGER,
    `#cache = createCache(); ${GET} { const key = \`c:\${id}\`; const make = async () => load(id, token); return this.#cache.wrap(key, make); }`,
  ],
  'a function that is bound to more than the key': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap(id, load.bind(null, id, token)); }`,
  ],
  'a function that has another part of an object': [
    MANAGER,
    `#cache = createCache(); async get(id: string, token: string) { return this.find({ id, token }); } async find(q: any) { return this.#cache.wrap(q.id, () => load(q.id, q.token)); }`,
  ],
  'a key that is the same for all': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap('campaign', () => load(id)); }`,
  ],
  'a key that has a part of what was given': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap(id.slice(0, 2), () => load(id)); }`,
  ],
  'one flight for all of a key': [
    "import { Singleflight } from 'some-singleflight';",
    `#flight = new Singleflight(); ${GET} { return this.#flight.do(id, () => load(id, token)); }`,
  ],
  'a key that a function makes': [
    DEDUPE,
    `#cache: any; constructor() { this.#cache = createCache({ ttl: 5 }); this.#cache.define('load', { serialize: (a: any) => a.id }, async (a: any) => load(a.id, a.token)); } ${GET} { return this.#cache.load({ id, token }); }`,
  ],
  'a memo whose key a function makes': [
    "import _ from 'lodash';",
    `#join = _.memoize((a: any) => a.id + a.token, (a: any) => a.id); ${GET} { return fetch('http://127.0.0.1:9/' + this.#join({ id, token })); }`,
  ],
  'a memo of the first of two': [
    "import _ from 'lodash';",
    `#join = _.memoize((a: string, b: string) => a + b); ${GET} { return fetch('http://127.0.0.1:9/' + this.#join(id, token)); }`,
  ],
  'a key of some of its values': [
    MANAGER,
    `#cache = createCache(); async get(id: any, token: string) { return this.#cache.wrap('c' + (id % 10), () => load(id)); }`,
  ],
  'a key by which something is chosen': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap(id ? 'one' : 'all', () => load(id)); }`,
  ],
  'a key that says whether something is given': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap(\`\${id}:\${token ? 'in' : 'out'}\`, () => load(id, token)); }`,
  ],
  'a key that asks whether something is given': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap(id && 'one', () => load(id)); }`,
  ],
  'a key of its type': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap('c' + typeof id, () => load(id)); }`,
  ],
  'a key of a function that drops something': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap(partKey(id, token), () => load(id, token)); }`,
  ],
  'a key of a method that takes no more than a part': [
    MANAGER,
    `#cache = createCache(); async get(id: string, token: string) { return this.find({ id, token }); } async find(q: any) { return this.#cache.wrap(this.keyOf(q), () => load(q.id, q.token)); } private keyOf({ id }: any) { return 'c:' + id; }`,
  ],
  'a function that calls one which has more than the key': [
    MANAGER,
    `#cache = createCache(); ${GET} { function mine(each: string) { return load(each, token); } return this.#cache.wrap(id, () => mine(id)); }`,
  ],
  'an object that more than the key was put into': [
    MANAGER,
    `#cache = createCache(); ${GET} { const query: any = { id }; query.token = token; return this.#cache.wrap(id, () => send(query)); }`,
  ],
  'an object whose text is set to more than the key': [
    MANAGER,
    `#cache = createCache(); ${GET} { const query = { id, token: '' }; query.token = token; return this.#cache.wrap(id, () => send(query)); }`,
  ],
  'more than a part that the key is': [
    MANAGER,
    `#cache = createCache(); ${GET} { const key = id.slice(0, 2); return this.#cache.wrap(key, () => load(id)); }`,
  ],
};

const MIGRATED: Record<string, Row> = {
  'a function that fills headers with what the key has': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap(\`\${id}:\${token}\`, () => { const headers = new Headers(); headers.set('token', token); return fetch('http://127.0.0.1:9/' + id, { headers }); }); }`,
  ],
  'a loader of options by all that it goes by': [
    LRU,
    `#cache = new LRUCache({ max: 9, fetchMethod: async (id: any) => load(id) }); ${GET} { return this.#cache.fetch(\`c:\${id}\`); }`,
  ],
  'a key with all of it': [
    MANAGER,
    `#cache = createCache(); ${GET} { const key = \`\${id}:\${token}\`; return this.#cache.wrap(key, async () => load(id, token)); }`,
  ],
  'a key of the whole object': [
    MANAGER,
    `#cache = createCache(); async get(id: string, token: string) { return this.find({ id, token }); } async find(q: any) { return this.#cache.wrap(JSON.stringify(q), () => load(q.id, q.token)); }`,
  ],
  'what is the same for all': [
    MANAGER,
    "#cache = createCache(); async get(_id: string) { return this.#cache.wrap('all', () => load('all')); }",
  ],
  'a limit': [
    "import PQueue from 'p-queue';",
    `#queue = new PQueue({ concurrency: 2 }); ${GET} { return this.#queue.add(() => load(id, token), { priority: 1 }); }`,
  ],
  'a lock by a key': [
    "import AsyncLock from 'async-lock';",
    `#lock = new AsyncLock(); ${GET} { return this.#lock.acquire(id, () => load(id, token)); }`,
  ],
  'a span by a name': [
    "import { trace } from '@opentelemetry/api';",
    `#tracer = trace.getTracer('agent'); ${GET} { return this.#tracer.startActiveSpan('get', async (span: any) => { const found = await load(id, token); span.end(); return found; }); }`,
  ],
  'a callback that gives nothing': [
    "import { Client } from 'some-client';",
    `#client = new Client(); ${GET} { return new Promise((resolve, reject) => { this.#client.all('campaigns', (error: any, rows: any) => { if (error) reject(error); else resolve(rows); }); }); }`,
  ],
  'a memo that nobody can tell from what it is of': [
    "import _ from 'lodash';",
    `#norm = _.memoize((text: string) => text.trim().toLowerCase()); ${GET} { return fetch('http://127.0.0.1:9/' + this.#norm(id)); }`,
  ],
  'a key with what is given or a text': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap(\`\${id}:\${token ?? ''}\`, () => load(id, token)); }`,
  ],
  'a key with what is given where it is': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap(\`\${id}:\${token ? token : 'none'}\`, () => load(id, token)); }`,
  ],
  'a key of a function that has all of it': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap(fullKey(id, token), () => load(id, token)); }`,
  ],
  'a key of a function that takes any number': [
    MANAGER,
    `#cache = createCache(); ${GET} { return this.#cache.wrap(joined('c', id, token), () => load(id, token)); }`,
  ],
  'a key of a method that has all parts': [
    MANAGER,
    `#cache = createCache(); async get(id: string, token: string) { return this.find({ id, token }); } async find(q: any) { return this.#cache.wrap(this.keyOf(q), () => load(q.id, q.token)); } private keyOf({ id, token }: any) { const head = 'c:' + id; return head + token; }`,
  ],
  'a function that calls one of the key alone': [
    MANAGER,
    `#cache = createCache(); ${GET} { function mine(each: string) { return load(each); } return this.#cache.wrap(id, () => mine(id)); }`,
  ],
  'an object of the key alone': [
    MANAGER,
    `#cache = createCache(); ${GET} { const query = { id, method: 'GET' }; return this.#cache.wrap(id, () => send(query)); }`,
  ],
  'no more than the part that the key is': [
    MANAGER,
    `#cache = createCache(); ${GET} { const key = id.slice(0, 2); return this.#cache.wrap(key, () => load(key)); }`,
  ],
};

function leftOf([imports, members]: Row): Promise<string[]> {
  return leftIn({
    'src/agents/facebook-ads-agent.ts': `${imports}\n${LOADS}export class FacebookAdsAgent { ${members} }\n`,
    'src/code.ts': `import { Router } from 'express';
${CLASS}
export const router = Router();
router.get('/:id', async (req: any, res: any) => { const agent = new FacebookAdsAgent(); res.json(await agent.get(req.params.id, String(req.headers.token))); });
`,
  });
}

test.each(someOf(Object.keys(LEFT)))('an agent is left that keeps by a key %s', async (way) => {
  expect(await leftOf(LEFT[way] ?? ['', ''])).toEqual(['agent-gives-unseen']);
});

test.each(someOf(Object.keys(MIGRATED)))('an agent is shared that has %s', async (way) => {
  expect(await leftOf(MIGRATED[way] ?? ['', ''])).toEqual(['migrated']);
});

const LISTENS = `import { EventEmitter } from 'node:events';
const bus = new EventEmitter();
`;

test.each(['eval(id)', "eval('this.id = ' + id)"])(
  'an agent is left that runs the text of a caller: %s',
  async (code) => {
    const members = `run(id: string) { return ${code}; } async get(id: string) { this.run(id); return []; }`;
    expect(await leftOf(['', members])).toEqual(['agent-gives-unseen']);
  },
);

test('an agent is shared that runs a text of its own', async () => {
  expect(await leftOf(['', `async get(_id: string) { return eval('[]'); }`])).toEqual(['migrated']);
});

/** What a memo of an agent has, which others write to later. */
const WRITTEN: Record<string, Row> = {
  'a listener': [
    `${LISTENS}function make() { const rows: string[] = []; bus.on('seen', (id) => rows.push(id)); return rows; }`,
    "kept: any; async get(id: string) { this.kept ??= make(); bus.emit('seen', id); return this.kept; }",
  ],
  'a function of its module': [
    'let last: any; function make() { last = []; return last; }\nfunction note(id: string) { last.push(id); }',
    'kept: any; async get(id: string) { if (!this.kept) this.kept = make(); note(id); return this.kept; }',
  ],
  'what resolves it': [
    '',
    '#end: any; kept = new Promise((resolve) => { this.#end = resolve; }); async get(id: string) { this.#end(id); return this.kept; }',
  ],
  'a closure': [
    'async function make() { const rows: string[] = []; return { note: (id: string) => { rows.push(id); }, all: () => rows }; }',
    'kept: any; async get(id: string) { this.kept ??= await make(); this.kept.note(id); return this.kept.all(); }',
  ],
};

test.each(someOf(Object.keys(WRITTEN)))('an agent is left whose memo %s writes to', async (way) => {
  expect(await leftOf(WRITTEN[way] ?? ['', ''])).toEqual(['agent-keeps-argument']);
});

test.each([
  ['new TextDecoder()', 'decode(Buffer.from(id), { stream: true })', 'agent-changed-by-method'],
  ['new StringDecoder()', 'write(Buffer.from(id))', 'agent-changed-by-method'],
  ['new TextDecoder()', 'decode(Buffer.from(id))', 'migrated'],
])('what an agent keeps of a text: %s.%s', async (made, call, result) => {
  const members = `#text = ${made}; async get(id: string) { return this.#text.${call}; }`;
  const imports = "import { StringDecoder } from 'node:string_decoder';";
  expect(await leftOf([imports, members])).toEqual([result]);
});

test('an agent is shared whose listeners keep nothing of who is told', async () => {
  const members = `#bus = new EventEmitter(); constructor() { this.#bus.on('seen', (id: string) => console.log(id)); } async get(id: string) { this.#bus.emit('seen', id); return []; }`;
  expect(await leftOf(["import { EventEmitter } from 'node:events';", members])).toEqual(['migrated']);
});
