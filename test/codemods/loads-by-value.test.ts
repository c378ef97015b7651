import { someOf } from '../support/depth.ts';
import path from 'node:path';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { temporaryTree } from './support/temporary-tree.ts';

/** Files that load by names which they do not write, and what is told of them: nothing of what cannot lead to the class. */
const FILES: Record<string, [text: string, left: string[]]> = {
  'jobs/by-folder.js': [
    `const fs = require('fs'); const path = require('path');
const agents = {};
for (const file of fs.readdirSync(path.join(__dirname, '../agents')))
  Object.assign(agents, require(path.join(__dirname, '../agents', file)));
exports.run = async (kind) => new agents[kind]().getCampaigns();\n`,
    ['class-loaded-unseen'],
  ],
  'jobs/by-concatenation.js': [
    "exports.load = (name) => require('../agents/' + name);\n",
    ['class-loaded-unseen'],
  ],
  'jobs/by-template.js': [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a module
    'exports.load = (name) => require(`../agents/${name}`);\n',
    ['class-loaded-unseen'],
  ],
  'agents/index.js': [
    `const fs = require('fs');
for (const file of fs.readdirSync(__dirname)) if (file !== 'index.js') Object.assign(exports, require('./' + file));\n`,
    [],
  ],
  'jobs/by-index.js': [
    "const { FacebookAdsAgent } = require('../agents');\nexports.run = async () => new FacebookAdsAgent().getCampaigns();\n",
    ['class-of-unknown-origin'],
  ],
  'jobs/by-index-as-a-whole.js': [
    "const agents = require('../agents');\nexports.run = async () => new agents.FacebookAdsAgent().getCampaigns();\n",
    ['class-of-unknown-origin'],
  ],
  'migrations/index.js': [
    "const fs = require('fs');\nexports.steps = fs.readdirSync('./agents-of-old').map((file) => require('./steps/' + file));\n",
    [],
  ],
  'locales.js': [
    "exports.textsOf = (lang) => require('./locales/' + lang + '.json');\nexports.agents = 1;\n",
    [],
  ],
  'settings.js': [
    "exports.settings = require(process.env.SETTINGS || './settings.json');\nexports.agents = 1;\n",
    [],
  ],
  'other/index.js': [
    `exports.FacebookAdsAgent = class FacebookAdsAgent {};
exports.textsOf = (lang) => require('../locales/' + lang);\n`,
    [],
  ],
  'jobs/other.js': [
    "const { FacebookAdsAgent } = require('../other');\nexports.run = async () => new FacebookAdsAgent();\n",
    [],
  ],
};

const left = new Map<string, string[]>();

beforeAll(async () => {
  const files = Object.entries(FILES).map(([file, [text]]) => [`src/${file}`, text]);
  const tree = temporaryTree({
    'package.json': '{ "name": "shop", "dependencies": { "express": "^5.1.0" } }',
    'src/agents/facebook-ads-agent.js':
      'class FacebookAdsAgent { async getCampaigns() { return []; } }\nmodule.exports = { FacebookAdsAgent };\n',
    'src/utils/agent-cache.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
let shared;
exports.getFacebookAgent = async () => (shared ??= new FacebookAdsAgent());
`,
    ...(Object.fromEntries(files) as Record<string, string>),
  });
  try {
    for await (const { path: file, occurrences } of migrateTree([`${tree.root}/src`], DEFAULT_OPTIONS)) {
      const ids = occurrences.flatMap((each) => each.left?.id ?? []);
      left.set(path.relative(`${tree.root}/src`, file), ids);
    }
  } finally {
    tree.remove();
  }
});

test.each(someOf(Object.entries(FILES)))('%s', (file, [, ids]) => {
  expect(left.get(file) ?? []).toEqual(ids);
});
