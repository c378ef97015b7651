import { someOf } from '../support/depth.ts';
import path from 'node:path';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { type CodemodOptions, DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const AGENT = `export class FacebookAdsAgent {
  static VERSION = 'v24';
  static buildUrl(id) { return 'https://graph.example/' + id; }
  static hash = (text) => text.length;
  static create() { return new FacebookAdsAgent(); }
  static getInstance() { return (FacebookAdsAgent.shared ??= new FacebookAdsAgent()); }
  static async count() { const agent = new FacebookAdsAgent(); return (await agent.getCampaigns()).length; }
  async getCampaigns() { return []; }
  clone() { return new FacebookAdsAgent(); }
}
export const listAll = async () => new FacebookAdsAgent().getCampaigns();
export const ready = new FacebookAdsAgent();
`;

/** What a file does with the statics of the class, and the reasons for which it is left. */
const USES: Record<string, [code: string, left: string[]]> = {
  'a pattern that takes a function': [
    'const { buildUrl } = FacebookAdsAgent; export const url = buildUrl;',
    [],
  ],
  'a pattern that takes a constant and renames': [
    'const { VERSION, hash: h } = FacebookAdsAgent; export const text = VERSION + h("a");',
    [],
  ],
  'a pattern that is exported': ['export const { VERSION } = FacebookAdsAgent;', []],
  'a function by its name': [
    'const build = FacebookAdsAgent.buildUrl; export const urls = ["1"].map(build);',
    [],
  ],
  'a function that is given on': ['export const urls = ["1"].map(FacebookAdsAgent.buildUrl);', []],
  'the instance that the class keeps': [
    'const { getInstance } = FacebookAdsAgent; export const get = getInstance;',
    [],
  ],
  'a pattern that takes a builder': [
    'const { create } = FacebookAdsAgent; export const list = () => create().getCampaigns();',
    ['class-builds'],
  ],
  'a pattern that renames a builder': ['export const { create: make } = FacebookAdsAgent;', ['class-builds']],
  'a builder by its name': [
    'const make = FacebookAdsAgent.create; export const list = () => make().getCampaigns();',
    ['class-builds'],
  ],
  'a builder that is given on': ['export const all = ["1"].map(FacebookAdsAgent.create);', ['class-builds']],
  'an object of its prototype': [
    'export const list = () => Object.create(FacebookAdsAgent.prototype).getCampaigns();',
    ['class-builds'],
  ],
  'an object that is given its prototype': [
    'export const made = Object.setPrototypeOf({}, FacebookAdsAgent.prototype);',
    ['class-builds'],
  ],
  'an object that is written with its prototype': [
    'export const made = { __proto__: FacebookAdsAgent.prototype };',
    ['class-builds'],
  ],
  'a method of its prototype': ['export const text = FacebookAdsAgent.prototype.getCampaigns.name;', []],
  'the rest of the class': [
    'const { VERSION, ...rest } = FacebookAdsAgent; export const r = rest;',
    ['class-passed-on'],
  ],
  'a name that is not written': [
    'const { [name()]: made } = FacebookAdsAgent; export const m = made;',
    ['class-passed-on'],
  ],
};

const names = Object.keys(USES);

/** The reasons of each file, by its path below `src`, beside a class as above. */
async function leftIn(files: Record<string, string>, options: Partial<CodemodOptions> = {}) {
  const tree = temporaryTree({
    'package.json': '{ "name": "shop", "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'src/agents/facebook-ads-agent.js': AGENT,
    'src/utils/agent-cache.js': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared;
export async function getFacebookAgent() { return (shared ??= ${options.builtBy ? 'FacebookAdsAgent.create()' : 'new FacebookAdsAgent()'}); }
`,
    ...files,
  });
  const left = new Map<string, string[]>();
  try {
    const run = migrateTree([`${tree.root}/src`], { ...DEFAULT_OPTIONS, ...options });
    for await (const { path: file, occurrences } of run) {
      const ids = occurrences.flatMap((each) => each.left?.id ?? []);
      left.set(path.relative(`${tree.root}/src`, file), ids);
    }
  } finally {
    tree.remove();
  }
  return left;
}

const IMPORT = "import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';\n";
let left = new Map<string, string[]>();

beforeAll(async () => {
  const files = names.map((name, index) => [`src/use-${index}.js`, IMPORT + (USES[name]?.[0] ?? '')]);
  left = await leftIn(Object.fromEntries(files));
});

test.each(someOf(Object.entries(USES)))('%s', (name, [, ids]) => {
  expect(left.get(`use-${names.indexOf(name)}.js`) ?? []).toEqual(ids);
});

test('the module of the class tells of what it builds for itself, not of builders and what it keeps', () => {
  expect(left.get('agents/facebook-ads-agent.js')).toEqual(['built-in-own-module', 'built-in-own-module']);
});

test('beside a static method that builds, other ways past it are told of', async () => {
  const found = await leftIn(
    {
      'src/value.js': `${IMPORT}export const all = ['1'].map(FacebookAdsAgent.create);\n`,
      'src/new.js': `${IMPORT}export const list = async () => new FacebookAdsAgent().getCampaigns();\n`,
      'src/call.js': `${IMPORT}export const list = async () => FacebookAdsAgent.create().getCampaigns();\n`,
    },
    { builtBy: 'create' },
  );
  expect(found.get('value.js')).toEqual(['class-builds']);
  expect(found.get('new.js')).toEqual(['class-builds']);
  expect(found.get('call.js')).toEqual([]);
});
