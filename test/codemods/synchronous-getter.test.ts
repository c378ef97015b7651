import { someOf } from '../support/depth.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { hintOf } from '../../codemods/agent-cache/reasons/sentence.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { createTree, type Tree } from '../support/trees.ts';

const AGENT = `export class FacebookAdsAgent {
  token = '';
  async getCampaigns(): Promise<string[]> { return []; }
  setToken(token: string): void { this.token = token; }
  close(): void {}
}
`;
const TYPED = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared: FacebookAdsAgent | undefined;
export function getFacebookAgent(): FacebookAdsAgent { return (shared ??= new FacebookAdsAgent()); }
export interface CachedAgentProvider { getAgent(): FacebookAdsAgent }
export function getCachedAgentProvider(_options = {}): CachedAgentProvider { return { getAgent: getFacebookAgent }; }
`;
const IMPORT = "import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';\n";

/** Code of a module beside a synchronous getter. `// left` ends each line that has to stay. */
const PLACES: Record<string, string> = {
  'a constructor': `export class Provider {
  private readonly agent: FacebookAdsAgent;
  constructor(agent?: FacebookAdsAgent) { this.agent = agent ?? new FacebookAdsAgent(); }
  list() { return this.agent.getCampaigns(); }
}`,
  'a field': `export class Service {
  #agent = new FacebookAdsAgent();
  other = new FacebookAdsAgent();
  list() { return [this.#agent.getCampaigns(), this.other.getCampaigns()]; }
}`,
  'a field that code outside changes': `export class Service {
  agent = new FacebookAdsAgent(); // left
}
export function tune(service: Service, token: string) { service.agent.setToken(token); }`,
  'a field that the class changes': `export class Service {
  private agent = new FacebookAdsAgent(); // left
  list(token: string) { this.agent.setToken(token); return this.agent.getCampaigns(); }
}`,
  'a field that a class over it changes': `class Base {
  protected agent = new FacebookAdsAgent(); // left
}
export class Service extends Base {
  list(token: string) { this.agent.setToken(token); return this.agent.getCampaigns(); }
}`,
  'a field of the name that another class changes': `export class Service {
  agent = new FacebookAdsAgent();
  list() { return this.agent.getCampaigns(); }
}
class Other { setToken(_token: string) {} }
export class Tuned {
  agent = new Other();
  list(token: string) { this.agent.setToken(token); }
}`,
  'a factory that is handed over to a class': `class Service {
  constructor(private readonly tools: { make: () => FacebookAdsAgent }) {}
  list() { return this.tools.make().getCampaigns(); }
}
export const service = new Service({ make: () => new FacebookAdsAgent() });`,
  'a factory that is handed over to a class which changes what it gives': `class Service {
  constructor(private readonly make: () => FacebookAdsAgent) {}
  list(token: string) { const agent = this.make(); agent.setToken(token); return agent.getCampaigns(); }
}
export const service = new Service(() => new FacebookAdsAgent()); // left`,
  'a default of a parameter': `export function list(agent = new FacebookAdsAgent()) { return agent.getCampaigns(); }
export class Service {
  constructor(private readonly agent = new FacebookAdsAgent()) {}
  list() { return this.agent.getCampaigns(); }
}
export function listAs(token: string, agent = new FacebookAdsAgent()) { // left
  agent.setToken(token);
  return agent.getCampaigns();
}`,
  'a function as the default of a parameter': `export function list(make = () => new FacebookAdsAgent()) { return make().getCampaigns(); }
export class Service {
  constructor(private readonly make = () => new FacebookAdsAgent()) {}
  list() { return this.make().getCampaigns(); }
}
export class Tuned {
  constructor(private readonly make = () => new FacebookAdsAgent()) {} // left
  list(token: string) { const agent = this.make(); agent.setToken(token); return agent.getCampaigns(); }
}
export function listAs(token: string, make = () => new FacebookAdsAgent()) { // left
  const agent = make();
  agent.setToken(token);
  return agent.getCampaigns();
}
export const given = (register: (make: () => unknown) => void, make = () => new FacebookAdsAgent()) => register(make); // left`,
  'an accessor': `export class Service {
  get agent() { return new FacebookAdsAgent(); }
  list() { return this.agent.getCampaigns(); }
}
export class Tuned {
  get agent() { return new FacebookAdsAgent(); } // left
  list(token: string) { this.agent.setToken(token); return this.agent.getCampaigns(); }
}`,
  factories: `function make() { return new FacebookAdsAgent(); }
export async function makeLater() { return new FacebookAdsAgent(); }
export const context = () => ({ agent: new FacebookAdsAgent(), at: 1 });
export const list = async () => {
  const { agent } = context();
  return [await make().getCampaigns(), (await makeLater()).token, await agent.getCampaigns()];
};`,
  'a factory whose caller changes what it gives': `function make() { return new FacebookAdsAgent(); } // left
export const list = (token: string) => {
  const agent = make();
  agent.setToken(token);
  return agent.getCampaigns();
};`,
  'a factory that closes far away': `const context = () => ({ agent: new FacebookAdsAgent() }); // left
const outer = () => context();
export const list = async () => {
  const { agent } = outer();
  const found = await agent.getCampaigns();
  agent.close();
  return found;
};`,
  'synchronous functions and callbacks': `export function list() { return new FacebookAdsAgent().getCampaigns(); }
export const all = (ids: string[]) => ids.map(() => new FacebookAdsAgent().getCampaigns());
export function* each() { yield new FacebookAdsAgent().getCampaigns(); }`,
  'a singleton': `const agent = new FacebookAdsAgent(); // left
export const list = () => agent.getCampaigns();`,
  'an agent that is closed': `export function list() {
  const agent = new FacebookAdsAgent(); // left
  agent.close();
}`,
};

/** How else a getter can be seen to give its agent at once, or not to. */
const GETTERS: Record<string, { cache: string; atOnce: boolean; javascript?: boolean }> = {
  'an alias of the type': {
    cache:
      'type Agent = FacebookAdsAgent;\nlet shared: Agent | undefined;\nexport const getFacebookAgent = (): Agent => (shared ??= new FacebookAdsAgent());\n',
    atOnce: true,
  },
  'what it returns': {
    cache:
      'let shared;\nfunction create() { return new FacebookAdsAgent(); }\nexport function getFacebookAgent() { if (shared === undefined) shared = create(); return shared; }\n',
    atOnce: true,
    javascript: true,
  },
  'its documentation': {
    cache:
      'const entry = {};\n/** @returns {FacebookAdsAgent} the shared one */\nexport function getFacebookAgent() { return entry.agent ?? (entry.agent = new FacebookAdsAgent()); }\n',
    atOnce: true,
    javascript: true,
  },
  'a promise by its type': {
    cache:
      'let shared: Promise<FacebookAdsAgent> | undefined;\nconst create = async () => new FacebookAdsAgent();\nexport function getFacebookAgent(): Promise<FacebookAdsAgent> { return (shared ??= create()); }\n',
    atOnce: false,
  },
  'a promise behind an alias': {
    cache:
      'type Shared = Promise<FacebookAdsAgent>;\nconst create = async () => new FacebookAdsAgent();\nlet shared: Shared | undefined;\nexport function getFacebookAgent(): Shared { return (shared ??= create()); }\n',
    atOnce: false,
  },
  'an async function': {
    cache:
      'const agent = new FacebookAdsAgent();\nexport async function getFacebookAgent() { return agent; }\n',
    atOnce: false,
    javascript: true,
  },
  'what cannot be told': {
    cache:
      'import { memo } from "memo";\nexport const getFacebookAgent = memo(() => new FacebookAdsAgent());\n',
    atOnce: false,
    javascript: true,
  },
};

let tree: Tree;
const results = new Map<string, FileResult>();

beforeAll(async () => {
  const files: Record<string, string> = {};
  const add = (folder: string, cache: string, extension: string, own: Record<string, string>) => {
    const head = cache.startsWith('import { FacebookAdsAgent }') ? '' : IMPORT.replace('./', '../');
    files[`${folder}/package.json`] = '{ "type": "module", "dependencies": { "express": "^4.1.0" } }';
    files[`${folder}/src/agents/facebook-ads-agent.${extension}`] =
      extension === 'ts' ? AGENT : AGENT.replaceAll(/: (Promise<string\[\]>|string|void)/g, '');
    files[`${folder}/src/utils/agent-cache.${extension}`] = head + cache;
    for (const [file, text] of Object.entries(own)) files[`${folder}/src/${file}`] = text;
  };
  for (const [name, text] of Object.entries(PLACES))
    add(folderOf(name), TYPED, 'ts', { 'code.ts': IMPORT + text });
  for (const [name, { cache, javascript }] of Object.entries(GETTERS)) {
    const code = `${IMPORT}export class Service {
  constructor() { this.agent = new FacebookAdsAgent(); }
  list() { return this.agent.getCampaigns(); }
}
`;
    add(folderOf(name), cache, javascript ? 'js' : 'ts', { [javascript ? 'code.js' : 'code.ts']: code });
  }
  add('tasks', TYPED, 'ts', {
    'tasks/main.ts': `${IMPORT.replace('./', '../')}export function collect() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}
`,
  });
  tree = createTree(files);
  for await (const result of migrateTree([tree.root], { ...DEFAULT_OPTIONS }))
    results.set(result.path, result);
});
afterAll(() => tree.remove());

test.each(someOf(Object.keys(PLACES)))('beside a getter that gives its agent at once: %s', (name) => {
  const text = IMPORT + PLACES[name];
  const { occurrences, output } = results.get(tree.path(`${folderOf(name)}/src/code.ts`)) ?? missing(name);
  const left = text.split('\n').flatMap((line, index) => (line.endsWith('// left') ? [index + 1] : []));
  const found = occurrences.flatMap(({ action, line }) => (action === 'manual' ? [line] : []));
  expect(found).toEqual(left);
  const built = text.split('\n').filter((line) => line.includes('new FacebookAdsAgent()')).length;
  expect(output ?? text).not.toContain('await getFacebookAgent');
  expect((output ?? text).split('\n').filter((line) => line.includes('new FacebookAdsAgent()'))).toHaveLength(
    left.length,
  );
  expect(
    (output ?? '').split('\n').filter((line) => /(?<!import .*)getFacebookAgent\(\)/.test(line)),
  ).toHaveLength(built - left.length);
});

test.each(someOf(Object.keys(GETTERS)))('a getter is told by %s', (name) => {
  const getter = GETTERS[name];
  const file = tree.path(`${folderOf(name)}/src/code.${getter?.javascript ? 'js' : 'ts'}`);
  const { output } = results.get(file) ?? missing(name);
  if (getter?.atOnce) expect(output).toContain('this.agent = getFacebookAgent();');
  else expect(output).toBeUndefined();
});

test('a hint beside a getter that gives its agent at once tells nobody to wait', async () => {
  const own = createTree({
    'package.json': '{ "type": "module" }',
    'src/agents/facebook-ads-agent.ts': AGENT,
    'src/utils/agent-cache.ts': TYPED,
    'src/code.ts': `${IMPORT}const agent = new FacebookAdsAgent();
export const list = () => agent.getCampaigns();
`,
  });
  const hints: string[] = [];
  for await (const { path, occurrences } of migrateTree([own.root], { ...DEFAULT_OPTIONS }))
    for (const { left } of occurrences) if (left) hints.push(hintOf(left, { file: path }));
  expect(hints).toEqual(['Call getFacebookAgent() inside the functions that use it.']);
  own.remove();
});

test('a task asks its provider, and waits for nothing', () => {
  const { output } = results.get(tree.path('tasks/src/tasks/main.ts')) ?? missing('tasks');
  expect(output).toContain(`export function collect() {
  const provider = getCachedAgentProvider({ cacheTtl: 1800 });
  const agent = provider.getAgent();`);
});

/** A cache whose getter gives a promise: beside it a constructor is left, and the hint says when nothing would wait. */
const HINTED: Record<string, { create: string; place: string; builtBy?: string; isHinted: boolean }> = {
  'a cache that only builds': {
    create: 'return new FacebookAdsAgent();',
    place: 'new FacebookAdsAgent()',
    isHinted: true,
  },
  'a cache that connects': {
    create: 'const agent = new FacebookAdsAgent(); await agent.getCampaigns(); return agent;',
    place: 'new FacebookAdsAgent()',
    isHinted: false,
  },
  'a cache that only builds, by a static method': {
    create: 'return FacebookAdsAgent.create();',
    place: 'FacebookAdsAgent.create()',
    builtBy: 'create',
    isHinted: true,
  },
  'a cache that connects what a static method builds': {
    create: 'const agent = FacebookAdsAgent.create(); await agent.getCampaigns(); return agent;',
    place: 'FacebookAdsAgent.create()',
    builtBy: 'create',
    isHinted: false,
  },
};

test.each(someOf(Object.keys(HINTED)))(
  'beside %s, a constructor is left with a hint that fits',
  async (name) => {
    const { create, place, builtBy, isHinted } = HINTED[name] ?? missing(name);
    const own = createTree({
      'package.json': '{ "type": "module" }',
      'src/agents/facebook-ads-agent.ts': AGENT.replace(
        'close()',
        'static create(): FacebookAdsAgent { return new FacebookAdsAgent(); }\n  close()',
      ),
      'src/utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared: Promise<FacebookAdsAgent> | undefined;
async function createAgent(): Promise<FacebookAdsAgent> { ${create} }
export function getFacebookAgent(): Promise<FacebookAdsAgent> { return (shared ??= createAgent()); }
`,
      'src/code.ts': `${IMPORT}export class Service {
  private readonly agent: FacebookAdsAgent;
  constructor() { this.agent = ${place}; }
  list() { return this.agent.getCampaigns(); }
}
`,
    });
    const hints: string[] = [];
    const options = { ...DEFAULT_OPTIONS, ...(builtBy !== undefined && { builtBy }) };
    for await (const { path, occurrences } of migrateTree([own.root], options))
      for (const { left } of occurrences) if (left) hints.push(hintOf(left, { file: path }));
    own.remove();
    expect(hints).toHaveLength(1);
    expect(hints.join('').includes('(--sync)')).toBe(isHinted);
  },
);

function folderOf(name: string): string {
  return name.replaceAll(/\W+/g, '-');
}

function missing(name: string): never {
  throw new Error(`nothing was found in ${name}`);
}
