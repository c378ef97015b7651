import path from 'node:path';
import { parseArguments } from '../../scripts/codemod/arguments.ts';
import { cacheModuleOf } from '../../scripts/codemod/init/init-cache-module.ts';
import { findCacheModule } from '../../codemods/agent-cache/files/cache-module.ts';
import { createTree } from '../support/trees.ts';

const CLASS = 'export class AdsClient {\n  async list() { return []; }\n}\n';
const builder = (from: string) =>
  `import { AdsClient } from '${from}';\nexport const list = async () => new AdsClient().list();\n`;

/** The files of a tree beside package.json, and where its cache module belongs. */
const PLACES: Record<string, { files: Record<string, string>; module: string; at: string; tells?: string }> =
  {
    'beside a class whose folder holds all that build it': {
      files: { 'src/ads/client.ts': CLASS, 'src/ads/report.ts': builder('./client.js') },
      module: 'client',
      at: 'src/ads/utils/agent-cache.ts',
    },
    'above a class that another folder builds': {
      files: { 'src/ads/client.ts': CLASS, 'src/reports/report.ts': builder('../ads/client.js') },
      module: 'client',
      at: 'src/utils/agent-cache.ts',
    },
    'above folders within folders': {
      files: {
        'src/modules/ads/client.ts': CLASS,
        'src/modules/reports/daily/report.ts': builder('../../ads/client.js'),
      },
      module: 'ads/client',
      at: 'src/modules/utils/agent-cache.ts',
    },
    'at the top of the folder that is asked for': {
      files: { 'src/ads/client.ts': CLASS, 'src/app.ts': builder('./ads/client.js') },
      module: 'client',
      at: 'src/utils/agent-cache.ts',
    },
    'beside a class that nobody builds yet': {
      files: { 'src/ads/client.ts': CLASS },
      module: 'client',
      at: 'src/ads/utils/agent-cache.ts',
    },
    'within the package of the class': {
      files: {
        'src/core/package.json': '{ "name": "core", "type": "module" }',
        'src/core/client.ts': CLASS,
        'src/web/app.ts': builder('../core/client.js'),
      },
      module: 'client',
      at: 'src/core/utils/agent-cache.ts',
      tells:
        'src/web/app.ts lies outside of src/core, and finds it only where you name it with --cache-module',
    },
  };

test.each(Object.entries(PLACES))('--init writes %s', async (_, { files, module, at, tells }) => {
  const tree = createTree({ 'package.json': '{ "name": "shop", "type": "module" }', ...files });
  const before = process.cwd();
  try {
    process.chdir(tree.root);
    const args = parseArguments(['--init', 'src', '--agent-class', 'AdsClient', '--agent-module', module]);
    if ('text' in args) throw new Error(args.text);
    const { target, note, options } = await cacheModuleOf('src', args);
    expect(path.relative(process.cwd(), target)).toBe(at);
    expect(note).toBe(tells);
    if (tells !== undefined) return;
    tree.write(at, '');
    for (const file of Object.keys(files))
      expect(findCacheModule(path.resolve(file), options)).toBe(path.resolve(at));
  } finally {
    process.chdir(before);
    tree.remove();
  }
});
