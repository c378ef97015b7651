import { someOf } from '../support/depth.ts';
import { CLASS, leftIn } from './support/left-in.ts';

const LIST = "async list() { return fetch('http://127.0.0.1:9/', { headers: { id: String(this.id) } }); }";
const PLAIN = "async list() { return fetch('http://127.0.0.1:9/'); }";
const IDENTITY = "import { randomUUID } from 'node:crypto';\n";
const USED = 'res.json(await agent.list());';

/** What a class makes with each agent and uses, and what a place does with the agent. */
type Row = readonly [source: string, use?: string];

const agentOf = (members: string, before = '') => `${before}export class FacebookAdsAgent { ${members} }`;

const LEFT: Record<string, Row> = {
  'an identity that is sent': [agentOf(`id = randomUUID(); ${LIST}`, IDENTITY)],
  'an identity of a private field': [
    agentOf(`#id = randomUUID().slice(0, 8); ${LIST.replace('this.id', 'this.#id')}`, IDENTITY),
  ],
  'an identity of the web': [agentOf(`id = crypto.randomUUID(); ${LIST}`)],
  'an identity of a package': [agentOf(`id = nanoid(); ${LIST}`, "import { nanoid } from 'nanoid';\n")],
  'an identity of all of a package': [agentOf(`id = uuid.v4(); ${LIST}`, "import * as uuid from 'uuid';\n")],
  'random bytes': [
    agentOf(`id = randomBytes(8).toString('hex'); ${LIST}`, "import { randomBytes } from 'node:crypto';\n"),
  ],
  'a random value in its constructor': [agentOf(`constructor() { this.id = 'r' + Math.random(); } ${LIST}`)],
  'the end of its time': [
    agentOf(
      `end = Date.now() + 5000; async list() { if (Date.now() > this.end) throw new Error('late'); return []; }`,
    ),
  ],
  'the time of its start': [agentOf(`id = new Date(); ${LIST}`)],
  'a part of the time of its start': [
    agentOf(
      "start = new Date(); async list() { if (Date.now() - this.start.getTime() > 5000) throw new Error('late'); return fetch('http://127.0.0.1:9/'); }",
    ),
  ],
  'the time of its start, as a number': [agentOf(`id = new Date().getTime(); ${LIST}`)],
  'the day of a package': [
    agentOf(`id = dayjs().format('YYYY-MM-DD'); ${LIST}`, "import dayjs from 'dayjs';\n"),
  ],
  'the day of a function': [
    agentOf(`id = today(); ${LIST}`, 'const today = () => new Date().toISOString().slice(0, 10);\n'),
  ],
  'a token that ends': [
    agentOf(
      `id = jwt.sign({ sub: 'x' }, 'k', { expiresIn: '5m' }); ${LIST}`,
      "import jwt from 'jsonwebtoken';\n",
    ),
  ],
  'a folder': [agentOf(`id = mkdtempSync('/tmp/x-'); ${LIST}`, "import { mkdtempSync } from 'node:fs';\n")],
  'what a timer ends': [
    agentOf(`id = 1; constructor() { setTimeout(() => { this.id = 0; }, 30000).unref(); } ${LIST}`),
  ],
  'a signal': [
    agentOf(
      `signal = AbortSignal.timeout(5000); async list() { return fetch('http://127.0.0.1:9/', { signal: this.signal }); }`,
    ),
  ],
  'headers with an identity': [
    agentOf(
      `headers = { id: crypto.randomUUID() }; async list() { return fetch('http://127.0.0.1:9/', { headers: this.headers }); }`,
    ),
  ],
  'an identity that a place sends': [
    agentOf(`id = crypto.randomUUID(); ${PLAIN}`),
    `res.set('id', agent.id); ${USED}`,
  ],
  'an identity that a place takes': [
    agentOf(`id = crypto.randomUUID(); ${PLAIN}`),
    `const { id } = agent; res.set('id', id); ${USED}`,
  ],
  'a time that a method shows': [
    agentOf(`#start = Date.now(); age() { return Date.now() - this.#start; } ${PLAIN}`),
    'res.json([agent.age(), await agent.list()]);',
  ],
  'an identity for a function of the tree that sends it': [
    agentOf(
      "id = crypto.randomUUID(); async list() { log(this.id); return fetch('http://127.0.0.1:9/'); }",
      "const log = (id) => { fetch('http://127.0.0.1:9/audit/' + id); };\n",
    ),
  ],
  'an identity for a function of the tree that sends all that it is given': [
    agentOf(
      "id = crypto.randomUUID(); async list() { log(this.id); return fetch('http://127.0.0.1:9/'); }",
      "function log() { fetch('http://127.0.0.1:9/audit/' + arguments[0]); }\n",
    ),
  ],
  'an identity beside an error that is handed on': [
    agentOf(
      "id = crypto.randomUUID(); async list(callback) { callback(new RangeError('no list'), this.id); return fetch('http://127.0.0.1:9/'); }",
    ),
    'res.json(await agent.list((error, id) => fetch(id)));',
  ],
  'an identity for a method of its own that sends it': [
    agentOf(
      "id = crypto.randomUUID(); log(id) { fetch('http://127.0.0.1:9/' + id); } async list() { this.log(this.id); return fetch('http://127.0.0.1:9/'); }",
    ),
  ],
  'an identity in an error that is made for its text': [
    agentOf(
      "id = crypto.randomUUID(); async list() { const e = new SeenError(this.id); return fetch('http://127.0.0.1:9/' + e.id); }",
      'class SeenError extends Error { constructor(id) { super(id); this.id = id; } }\n',
    ),
  ],
  'an identity that a place has in an error which it sends': [
    agentOf(`id = crypto.randomUUID(); ${PLAIN}`),
    `const e = new RangeError(agent.id); res.set('x-id', e.message); ${USED}`,
  ],
  'the year of its start': [agentOf(`id = new Date().getFullYear(); ${LIST}`)],
  'the time of its start, by a date': [
    agentOf(
      "start = new Date(Date.now()); async list() { return fetch('http://127.0.0.1:9/' + this.start.getTime()); }",
    ),
  ],
  'an identity that is sent in a line of a log': [
    agentOf(
      "id = crypto.randomUUID(); async list() { console.log('list', await fetch('http://127.0.0.1:9/' + this.id)); return []; }",
    ),
  ],
  'an identity that is sent by a function in a line of a log': [
    agentOf(
      'id = crypto.randomUUID(); async list() { console.log(await send(this.id)); return []; }',
      "const send = (id: string) => fetch('http://127.0.0.1:9/' + id);\n",
    ),
  ],
  'an identity beside the text of a log': [
    agentOf(
      "id = crypto.randomUUID(); async list() { const text = 'log.info('; return fetch('http://127.0.0.1:9/' + text + this.id); }",
    ),
  ],
  'an identity that is given to a log for what it gives': [
    agentOf(
      "id = crypto.randomUUID(); async list() { return fetch('http://127.0.0.1:9/' + log(this.id)); }",
      'const log = (id: string) => id;\n',
    ),
  ],
  'an identity that a place sends from a line of a log': [
    agentOf(`id = crypto.randomUUID(); ${PLAIN}`),
    `console.log('x', res.set('id', agent.id)); ${USED}`,
  ],
  'a time that a getter shows': [
    agentOf(`#start = Date.now(); get age() { return Date.now() - this.#start; } ${PLAIN}`),
    'res.json([agent.age, await agent.list()]);',
  ],
};

const MIGRATED: Record<string, Row> = {
  'an identity for a function of the tree that writes a line': [
    agentOf(
      "id = crypto.randomUUID(); async list() { log('list of ' + this.id, { id: this.id }); return fetch('http://127.0.0.1:9/'); }",
      "const log = (text, ...more) => { if (process.env.QUIET) return; console.log(new Date().toISOString(), '[' + text + ']', ...more); };\n",
    ),
  ],
  'an identity for a method of its own that writes a line': [
    agentOf(
      "id = crypto.randomUUID(); #log(text) { console.debug('agent ' + String(text)); } async list() { this.#log(this.id); return fetch('http://127.0.0.1:9/'); }",
    ),
  ],
  'an identity in an error that is handed on': [
    agentOf(`id = crypto.randomUUID(); ${PLAIN}`),
    `if (req.query.bad) return next(new RangeError('of ' + agent.id)); ${USED}`,
  ],
  'a time that nobody reads': [agentOf(`start = Date.now(); ${PLAIN}`)],
  'a time that another method shows': [
    agentOf(`#start = Date.now(); age() { return Date.now() - this.#start; } ${PLAIN}`),
  ],
  'an identity for its log': [
    agentOf(`id = crypto.randomUUID(); async list() { console.log('list', this.id); return []; }`),
  ],
  'an identity for its log, over several lines': [
    agentOf(
      "id = crypto.randomUUID(); async list() { console.log(\n  'list;',\n  { a: 1 },\n  this.id,\n); return []; }",
    ),
  ],
  'an identity for the log of a package': [
    agentOf(
      "id = crypto.randomUUID(); async list() { debug('list of %s', this.id); this.#log.info({ id: this.id.slice(0, 8) }); return []; } #log = pino();",
      "import createDebug from 'debug';\nimport pino from 'pino';\nconst debug = createDebug('agent');\n",
    ),
  ],
  'a log with an identity': [
    agentOf(
      "id = crypto.randomUUID(); #log = pino().child({ id: this.id }); async list() { this.#log.info('list'); return []; }",
      "import pino from 'pino';\n",
    ),
  ],
  'an identity for its own log': [
    agentOf(
      "id = crypto.randomUUID(); log(text: string) { console.log(this.id, text); } async list() { this.log('list'); return []; }",
    ),
  ],
  'an identity for its errors': [
    agentOf(
      `id = crypto.randomUUID(); async list() { if (!process.env.K) throw new Error(\`\${this.id} has no key\`); return []; }`,
    ),
  ],
  'an identity that a place logs': [
    agentOf(`id = crypto.randomUUID(); ${PLAIN}`),
    `console.log(\`agent \${agent.id}\`, await agent.list()); ${USED}`,
  ],
  'the year of a day that is given': [agentOf(`id = new Date('2020-01-01').getFullYear(); ${LIST}`)],
  'a time that each call makes': [
    agentOf(
      `async list() { const id = crypto.randomUUID(); return fetch('http://127.0.0.1:9/', { headers: { id } }); }`,
    ),
  ],
  'what is the same for all': [agentOf(`id = 'a' + 1; ${LIST}`)],
  'a part of an object with a time': [
    agentOf(
      `state = { start: Date.now(), base: 'http://127.0.0.1:9/' }; async list() { return fetch(this.state.base); }`,
    ),
  ],
  'a day that is given': [
    agentOf(`id = dayjs('2020-01-01').format(); ${LIST}`, "import dayjs from 'dayjs';\n"),
  ],
  'a timer that looks after it': [
    agentOf(`constructor() { setTimeout(() => console.log('old'), 30000).unref(); } ${PLAIN}`),
  ],
  'the number that it has of all': [agentOf(`id = ++count; ${LIST}`, 'let count = 0;\n')],
  'the number that it has of its class': [
    agentOf(`static count = 0; id = FacebookAdsAgent.count++; ${LIST}`),
  ],
  'the number of the process': [agentOf(`id = process.pid; ${LIST}`)],
  'a constant of the module': [agentOf(`id = STARTED; ${LIST}`, 'const STARTED = Date.now();\n')],
  'a counter of calls of its log': [
    agentOf(`static count = 0; constructor() { FacebookAdsAgent.count++; } ${PLAIN}`),
  ],
};

function leftOf([source, use = USED]: Row): Promise<string[]> {
  return leftIn({
    'src/agents/facebook-ads-agent.ts': source,
    'src/code.ts': `import { Router } from 'express';
${CLASS}
export const router = Router();
router.get('/', async (req: any, res: any) => { const agent: any = new FacebookAdsAgent(); ${use} });
`,
  });
}

test.each(someOf(Object.keys(LEFT)))('an agent is left that has of its own %s', async (way) => {
  expect(await leftOf(LEFT[way] ?? [''])).toEqual(['agent-made-alike']);
});

test.each(someOf(Object.keys(MIGRATED)))('an agent is shared that has %s', async (way) => {
  expect(await leftOf(MIGRATED[way] ?? [''])).toEqual(['migrated']);
});

const SPIED = 'const agent: any = new FacebookAdsAgent();';

describe('an agent whose method is put in the place of another', () => {
  test.each([
    "spyOn(agent, 'list');",
    "shimmer.wrap(agent, 'list', (list: any) => list);",
    "sinon.stub(agent, 'list').resolves([]);",
    "hooks.massWrap(agent, ['list'], (list: any) => list);",
    'Array.prototype.push.call(agent.tags, req.query.t);',
  ])('is left: %s', async (code) => {
    expect(await patched(code)).toEqual(['agent-changed']);
  });

  test.each(["res.locals.all = await _.invoke(agent, 'list');", "if (!_.has(agent, 'list')) next();"])(
    'is shared where it is asked for alone: %s',
    async (code) => {
      expect(await patched(code)).toEqual(['migrated']);
    },
  );
});

function patched(code: string): Promise<string[]> {
  return leftIn({
    'src/code.ts': `import { Router } from 'express';
import { spyOn } from 'tinyspy';
import shimmer from 'shimmer';
import sinon from 'sinon';
import hooks from 'some-hooks';
import _ from 'lodash';
${CLASS}
export const router = Router();
router.get('/', async (req: any, res: any, next: any) => { ${SPIED} ${code} ${USED} });
`,
  });
}
