import { someOf } from '../support/depth.ts';
import { CLASS, leftIn } from './support/left-in.ts';

const FACTORY = `${CLASS}\nexport function build(): FacebookAdsAgent { return new FacebookAdsAgent(); }`;
const AT_ONCE = 'export const close = () => build().close();';
const OTHER = 'export const build = () => ({ close() {} });';

/** Files that call the factory without waiting, and are no modules by themselves. */
const INSIDE: Record<string, string> = {
  'src/page.html': `<script type="module">import { build } from './factory.js'; build().close();</script>`,
  'src/page.ejs': `<% const { build } = require('./factory'); build().close(); %>`,
  'src/page.pug': `- const { build } = require('./factory')\n- build().close()`,
  'src/job.coffee': `{ build } = require './factory'\nmodule.exports = -> build().close()`,
  'bin/job': `#!/usr/bin/env node\nimport { build } from '../src/factory.js';\nbuild().close();`,
};

const manifest = (more: Record<string, unknown>) =>
  JSON.stringify({ name: 'shop', type: 'module', dependencies: { express: '^5.1.0' }, ...more });
const either = { test: './src/other.ts', default: './src/factory.ts' };

/** Conditions by which a module is the factory's, or another one. */
const BY_CONDITION: Record<string, Record<string, string>> = {
  'of its own imports': {
    'package.json': manifest({ imports: { '#factory': either } }),
    'src/u.ts': `import { build } from '#factory';\n${AT_ONCE}`,
  },
  'of what it exports itself': {
    'package.json': manifest({ exports: { './factory': either } }),
    'src/u.ts': `import { build } from 'shop/factory';\n${AT_ONCE}`,
  },
  'of what a package of the workspace exports': {
    'package.json': manifest({ workspaces: ['web'], exports: either }),
    'web/package.json': '{ "name": "web", "type": "module", "dependencies": { "shop": "*" } }',
    'web/u.ts': `import { build } from 'shop';\n${AT_ONCE}`,
  },
};

describe('a factory stays', () => {
  test.each(someOf(Object.keys(INSIDE)))('for %s, which calls it', async (file) => {
    const left = await leftIn({ 'src/factory.ts': FACTORY, [file]: INSIDE[file] ?? '' });
    expect(left).not.toContain('migrated');
  });

  test.each(someOf(Object.keys(BY_CONDITION)))('for whoever has it by a condition %s', async (where) => {
    const left = await leftIn({
      'src/factory.ts': FACTORY,
      'src/other.ts': OTHER,
      ...BY_CONDITION[where],
    });
    expect(left).toEqual(['importer-unresolved']);
  });
});

describe('a factory goes', () => {
  test('beside pages and commands that only name other modules', async () => {
    const left = await leftIn({
      'src/factory.ts': FACTORY,
      'src/u.ts': "import { build } from './factory.js';\nexport const list = async () => build().list();",
      'src/page.html': '<script type="module">import { build } from "./view.js"; build();</script>',
      'bin/www': "#!/usr/bin/env node\nimport '../src/app.js';\n",
      'src/app.ts': "import { list } from './u.js';\nawait list();\n",
    });
    expect(left).toEqual(['migrated', 'migrated']);
  });

  test('where conditions lead to others', async () => {
    const left = await leftIn({
      'package.json': manifest({ imports: { '#mail': { test: './src/a.ts', default: './src/b.ts' } } }),
      'src/a.ts': 'export const send = 1;',
      'src/b.ts': 'export const send = 2;',
      'src/factory.ts': FACTORY,
      'src/u.ts':
        "import { send } from '#mail';\nimport { build } from './factory.js';\nexport const list = async () => [send, build().list()];",
    });
    expect(left).toEqual(['migrated', 'migrated']);
  });
});
