import { someOf } from '../support/depth.ts';
import path from 'node:path';
import { parseArguments } from '../../scripts/codemod/arguments.ts';
import { cacheModuleOf } from '../../scripts/codemod/init/init-cache-module.ts';
import { findCacheModule } from '../../codemods/agent-cache/files/cache-module.ts';
import { createTree } from '../support/trees.ts';

const CLASS = 'export class AdsClient {\n  async list() { return []; }\n}\n';
const builder = (from: string) =>
  `import { AdsClient } from '${from}';\nexport const list = async () => new AdsClient().list();\n`;

/** The files of a tree beside package.json, and where its cache module belongs. */
const PLACES: Record<
  string,
  { root?: string; files: Record<string, string>; module: string; at: string; outside?: string[] }
> = {
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
    outside: ['src/web/app.ts'],
  },
  'within the source of a package, where its compiler looks': {
    root: '.',
    files: {
      'package.json': '{ "name": "shop", "workspaces": ["packages/*"] }',
      'packages/core/package.json': '{ "name": "core", "type": "module", "main": "src/ads/client.ts" }',
      'packages/core/vitest.config.ts': 'export default {};',
      'packages/core/src/ads/client.ts': CLASS,
      'packages/web/package.json': '{ "name": "web", "type": "module" }',
      'packages/web/src/app.ts': builder('core'),
    },
    module: 'ads/client',
    at: 'packages/core/src/utils/agent-cache.ts',
    outside: ['packages/web/src/app.ts'],
  },
  'within the source of the whole tree': {
    root: '.',
    files: { 'src/ads/client.ts': CLASS, 'src/app.ts': builder('./ads/client.js') },
    module: 'client',
    at: 'src/utils/agent-cache.ts',
  },
  'within the one folder that has code': {
    root: '.',
    files: { 'code/ads/client.ts': CLASS, 'code/app.ts': builder('./ads/client.js') },
    module: 'client',
    at: 'code/utils/agent-cache.ts',
  },
  'above the folders of a tree without one for its source': {
    root: '.',
    files: { 'ads/client.ts': CLASS, 'routes/app.ts': builder('../ads/client.js') },
    module: 'client',
    at: 'utils/agent-cache.ts',
  },
  'within the package whose files build a client of an installed one': {
    root: '.',
    files: {
      'packages/web/package.json': '{ "name": "web", "type": "module" }',
      'packages/web/src/app.ts': builder('ads-sdk'),
      'packages/jobs/package.json': '{ "name": "jobs", "type": "module" }',
      'packages/jobs/src/jobs.ts': 'export const jobs = 1;',
    },
    module: 'ads-sdk',
    at: 'packages/web/src/utils/agent-cache.ts',
  },
  'within the package that the others depend on, of those whose files build such a client': {
    root: '.',
    files: {
      'packages/a/package.json': '{ "name": "a", "dependencies": { "z": "*" } }',
      'packages/a/src/app.ts': builder('ads-sdk'),
      'packages/b/package.json': '{ "name": "b", "dependencies": { "z": "*" } }',
      'packages/b/src/app.ts': builder('ads-sdk'),
      'packages/z/package.json': '{ "name": "z" }',
      'packages/z/src/app.ts': builder('ads-sdk'),
    },
    module: 'ads-sdk',
    at: 'packages/z/src/utils/agent-cache.ts',
    outside: ['packages/a/src/app.ts', 'packages/b/src/app.ts'],
  },
  'within the source of a tree that builds a client of an installed package': {
    root: '.',
    files: { 'src/app.ts': builder('ads-sdk'), 'src/b.ts': 'export const b = 1;' },
    module: 'ads-sdk',
    at: 'src/utils/agent-cache.ts',
  },
};

test.each(someOf(Object.entries(PLACES)))(
  '--init writes %s',
  async (_, { root = 'src', files, module, at, outside = [] }) => {
    const tree = createTree({ 'package.json': '{ "name": "shop", "type": "module" }', ...files });
    const before = process.cwd();
    try {
      process.chdir(tree.root);
      const args = parseArguments(['--init', root, '--agent-class', 'AdsClient', '--agent-module', module]);
      if ('text' in args) throw new Error(args.text);
      const found = await cacheModuleOf(root, args);
      const { target, options } = found;
      expect(path.relative(process.cwd(), target)).toBe(at);
      expect(found.outside.map((each) => path.relative(process.cwd(), each))).toEqual(outside);
      if (outside.length > 0) return;
      tree.write(at, '');
      for (const file of Object.keys(files).filter((each) => each.endsWith('app.ts')))
        expect(findCacheModule(path.resolve(file), options)).toBe(path.resolve(at));
    } finally {
      process.chdir(before);
      tree.remove();
    }
  },
);
