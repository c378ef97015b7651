import { someOf } from '../support/depth.ts';
import { leftIn } from './support/left-in.ts';

const COUNTS = 'n = 0;\n  async list() { this.n++; return [] as string[]; }';

/** What becomes of an agent that counts, where a handler does something with it. */
function beside(use: string, agent = COUNTS): Promise<string> {
  return among(`const agent = new FacebookAdsAgent();\n  ${use}`, '', agent);
}

/** The same of one that a handler gets in its own way. */
async function among(handler: string, more = '', agent = COUNTS): Promise<string> {
  const left = await leftIn({
    'src/agents/facebook-ads-agent.ts': `export class FacebookAdsAgent {\n  ${agent}\n}\n`,
    'src/send.ts': 'export async function send(x: unknown) { return JSON.stringify(x); }\n',
    'src/routes.ts': `import { Router } from 'express';
import { inspect } from 'node:util';
import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
import { send } from './send.js';
export const router = Router();
${more}
router.get('/', async (req, res) => {
  ${handler}
});
`,
  });
  return left.join();
}

/** What a caller sees of what others counted, though no code asks for it by name. */
const SHOWN: Record<string, [use: string, agent?: string]> = {
  'it is sent': ['await agent.list(); res.json(agent);'],
  'it is sent in an object': ['await agent.list(); res.json({ agent });'],
  'its text is sent': ['await agent.list(); res.send(JSON.stringify(agent));'],
  'it is inspected': ['await agent.list(); res.send(inspect(agent));'],
  'a function sends it': ['await agent.list(); res.json(await send(agent));'],
  'it is copied': ['await agent.list(); res.json({ ...agent });'],
  'a pattern takes the rest of it': ['await agent.list(); const { list, ...all } = agent; res.json(all);'],
  'it is asked by Reflect.get': ["await agent.list(); res.json(Reflect.get(agent, 'n'));"],
  'it says of itself what it is': [
    `await agent.list(); res.json(\`\${agent}\`);`,
    `${COUNTS}\n  toString() { return String(this.n); }`,
  ],
  'it says what its value is': [
    'await agent.list(); res.json(agent + 1);',
    `${COUNTS}\n  valueOf() { return this.n; }`,
  ],
  'it says what is sent of it': [
    'await agent.list(); res.json({ of: agent });',
    '#n = 0;\n  async list() { this.#n++; return []; }\n  toJSON() { return { n: this.#n }; }',
  ],
  'a method sends it': [
    'res.json(await agent.list());',
    'n = 0;\n  async list() { this.n++; return JSON.stringify(this); }',
  ],
  'a method copies all of it': [
    'res.json(await agent.list());',
    'n = 0;\n  async list() { this.n++; return structuredClone(this); }',
  ],
  'a method asks for its text': [
    'res.json(await agent.list());',
    `n = 0;\n  async list() { this.n++; return \`of \${this}\`; }\n  toString() { return String(this.n); }`,
  ],
  'a setter counts': [
    'res.json(await agent.list());',
    'm = 0;\n  set n(v: number) { this.m = v; }\n  get n() { return 0; }\n  async list() { this.n++; return this.m; }',
  ],
};

test.each(someOf(Object.keys(SHOWN)))('an agent that counts is left where %s', async (way) => {
  const [use, agent] = SHOWN[way] ?? [''];
  expect(await beside(use, agent)).toMatch(/^agent-(state-read|is-cursor|reads-others)$/);
});

test.each([
  ['nothing shows what it counted', 'res.json(await agent.list());', COUNTS],
  [
    'a private count is not sent',
    'await agent.list(); res.json(agent);',
    '#n = 0;\n  async list() { this.#n++; return []; }',
  ],
  [
    'a method sends what the class says of itself, which is no count',
    'res.json(await agent.list());',
    "n = 0;\n  toJSON() { return { kind: 'ads' }; }\n  async list() { this.n++; return JSON.stringify(this); }",
  ],
  ['another part of it is sent', 'await agent.list(); res.json(agent.kind);', `kind = 'ads';\n  ${COUNTS}`],
  ['it is asked whether it is there', "await agent.list(); res.json(agent ? 'yes' : 'no');", COUNTS],
  [
    'it counts nothing and is sent',
    `await agent.list(); res.json({ of: \`\${agent}\` });`,
    "kind = 'ads';\n  async list() { return []; }",
  ],
])('an agent is shared where %s', async (_, use, agent) => {
  expect(await beside(use, agent)).toBe('migrated');
});

const SERVICE = `class Service {
  reads: string[] = [];
  constructor(readonly agent: FacebookAdsAgent) {}
  async find(id: string) { this.reads.push(id); return this.agent.list(); }
  show() { return this.agent; }
}`;
const CONTEXT = 'async function context() { return { agent: new FacebookAdsAgent(), at: 1 }; }';

/** Ways of an agent to where all of it is sent. */
const WAYS: Record<string, [handler: string, more?: string]> = {
  'a function that sends it': [
    'const agent = new FacebookAdsAgent(); tell(res, agent);',
    'function tell(res: any, it: any) { res.json(it); }',
  ],
  'a function that takes it out of an object': [
    'const agent = new FacebookAdsAgent(); tell(res, { agent });',
    'function tell(res: any, { agent }: any) { res.json({ agent }); }',
  ],
  'a part of an object': ['const all = { agent: new FacebookAdsAgent() }; res.json(all.agent);'],
  'a pattern': ['const { agent } = { agent: new FacebookAdsAgent() }; res.json(agent);'],
  'an object': ['const all = { agent: new FacebookAdsAgent() }; res.json(all);'],
  'an element of a list': ['const all = [new FacebookAdsAgent()]; res.json(all[0]);'],
  'a list': ['const all = [new FacebookAdsAgent()]; res.json(all);'],
  'a promise': ['res.json(await Promise.resolve(new FacebookAdsAgent()).then((agent) => agent));'],
  'a part of what a function gives': ['const { agent } = await context(); res.json(agent);', CONTEXT],
  'what a function gives': ['const all = await context(); res.json(all);', CONTEXT],
  'a method of a service': [
    'const service = new Service(new FacebookAdsAgent()); res.json(service.show());',
    SERVICE,
  ],
  'a service': ['const service = new Service(new FacebookAdsAgent()); res.json(service);', SERVICE],
};

test.each(someOf(Object.keys(WAYS)))(
  'an agent that counts is left where it is sent by way of %s',
  async (way) => {
    const [handler, more] = WAYS[way] ?? [''];
    expect(await among(handler, more)).toBe('agent-state-read');
  },
);

test.each([
  ['what a function gives beside it', 'const all = await context(); res.json({ at: all.at });', CONTEXT],
  [
    'what a service read, and found',
    "const service = new Service(new FacebookAdsAgent()); res.json([await service.find('7'), service.reads]);",
    SERVICE,
  ],
  [
    'what a function of it sends',
    'const agent = new FacebookAdsAgent(); await tell(res, agent);',
    'async function tell(res: any, it: any) { res.json(await it.list()); }',
  ],
  ['how long a list is', 'const all = [new FacebookAdsAgent()]; res.json(all.length);', ''],
])('an agent that counts is shared where it is sent %s', async (_, handler, more) => {
  expect(await among(handler, more)).toBe('migrated');
});
