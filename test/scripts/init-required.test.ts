import { parseArguments } from '../../scripts/codemod/arguments.ts';
import { cacheModuleOf } from '../../scripts/codemod/init/init-cache-module.ts';
import { createTree } from '../support/trees.ts';

const BUILD = 'exports.list = async () => createClient(ARGS).list();\n';

test.each([
  ['by the whole', "const config = require('../../config');\n", 'config.url, config.key'],
  ['by its parts', "const { url, key: secret } = require('../../config');\n", 'url, secret'],
])('arguments that are required %s are so from where the module lies', async (_how, required, args) => {
  const tree = createTree({
    'package.json': '{}',
    'src/config.js': "module.exports = { url: 'u', key: 'k' };\n",
    'src/lib/sdk/index.js': 'exports.createClient = (url, key) => ({ url, key });\n',
    'src/deep/jobs/a.js': `const { createClient } = require('../../lib/sdk');\n${required}${BUILD.replace('ARGS', args)}`,
  });
  const before = process.cwd();
  try {
    process.chdir(tree.root);
    const asked = parseArguments(
      '--init src --agent-class createClient --agent-module lib/sdk/index --built-by function'.split(' '),
    );
    if ('text' in asked) throw new Error(asked.text);
    const { text } = await cacheModuleOf('src', asked);
    expect(text).toContain(`return createClient(${args});`);
    expect(text).toContain(required.replace('../../config', '../config').trim());
    expect(text).toContain("const { createClient } = require('../lib/sdk');");
  } finally {
    process.chdir(before);
    tree.remove();
  }
});
