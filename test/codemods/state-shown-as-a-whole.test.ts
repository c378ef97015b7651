import { leftIn } from './support/left-in.ts';

const COUNTS = 'n = 0;\n  async list() { this.n++; return [] as string[]; }';

/** What becomes of an agent that counts, where a handler does something with it. */
async function beside(use: string, agent = COUNTS): Promise<string> {
  const left = await leftIn({
    'src/agents/facebook-ads-agent.ts': `export class FacebookAdsAgent {\n  ${agent}\n}\n`,
    'src/send.ts': 'export async function send(x: unknown) { return JSON.stringify(x); }\n',
    'src/routes.ts': `import { Router } from 'express';
import { inspect } from 'node:util';
import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
import { send } from './send.js';
export const router = Router();
router.get('/', async (req, res) => {
  const agent = new FacebookAdsAgent();
  ${use}
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

test.each(Object.keys(SHOWN))('an agent that counts is left where %s', async (way) => {
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
