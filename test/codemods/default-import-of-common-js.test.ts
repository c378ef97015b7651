import { someOf } from '../support/depth.ts';
import path from 'node:path';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const route = (head: string, built: string) =>
  `${head}\nexport const list = async () => {\n  const client = ${built};\n  return client.me();\n};\n`;

const PACKAGE = {
  'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0", "ads-sdk": "^1.0.0" } }',
  'src/utils/agent-cache.ts':
    "import { AdsClient } from 'ads-sdk';\nlet shared;\nexport const getAds = () => (shared ??= Promise.resolve(new AdsClient()));\n",
};

/** What becomes of `src/routes.ts`: its text when it is rewritten, else the ids of the reasons. */
async function becomes(files: Record<string, string>, agentModule: string): Promise<string | undefined> {
  const tree = temporaryTree(files);
  const options = { ...DEFAULT_OPTIONS, agentClass: 'AdsClient', agentModule, factory: 'getAds' };
  let found: string | undefined;
  for await (const { path: file, occurrences, output } of migrateTree([tree.root], options))
    if (path.basename(file) === 'routes.ts')
      found = output ?? occurrences.flatMap(({ left }) => left?.id ?? []).join();
  tree.remove();
  return found;
}

test.each(
  someOf([
    ['the default import', "import sdk from 'ads-sdk';", 'new sdk.AdsClient()'],
    ['the default import beside names', "import sdk, { version } from 'ads-sdk';", 'new sdk.AdsClient()'],
    ['the default of a namespace', "import * as sdk from 'ads-sdk';", 'new sdk.default.AdsClient()'],
    ['a namespace', "import * as sdk from 'ads-sdk';", 'new sdk.AdsClient()'],
    ['the default of the default import', "import sdk from 'ads-sdk';", 'new sdk.default.AdsClient()'],
    ['a default by its name', "import { default as sdk } from 'ads-sdk';", 'new sdk.AdsClient()'],
    ['the default that is required', "const sdk = require('ads-sdk').default;", 'new sdk.AdsClient()'],
    ['a default that is taken', "const { default: sdk } = require('ads-sdk');", 'new sdk.AdsClient()'],
    ['the default import by a text', "import sdk from 'ads-sdk';", "new sdk['AdsClient']()"],
    ['the default import past its types', "import sdk from 'ads-sdk';", 'new (sdk as any).AdsClient()'],
    ['the class that is the default', "import AdsClient from 'ads-sdk';", 'new AdsClient()'],
  ]),
)('the class by %s of a package of CommonJS is rewired', async (_, head, built) => {
  const output = await becomes({ ...PACKAGE, 'src/routes.ts': route(head, built) }, 'ads-sdk');
  expect(output).toContain('const client = await getAds();');
  expect(output).not.toContain('sdk.');
});

test.each([
  'const { default: inner } = sdk;',
  'const { default: { AdsClient: inner } } = sdk;',
  'const inner = sdk.default ?? sdk;',
])('what a name is given of the default import is told of: %s', async (taken) => {
  const files = {
    ...PACKAGE,
    'src/routes.ts': route(`import sdk from 'ads-sdk';\n${taken}`, 'new inner.AdsClient()'),
  };
  expect(await becomes(files, 'ads-sdk')).toContain('class-passed-on');
});

test('a default that is imported late is reported, and one that is another class is not touched', async () => {
  const late = route(
    '',
    "await import('ads-sdk').then(() => 1); const { default: sdk } = await import('ads-sdk'); const own = make(sdk.AdsClient)",
  );
  expect(await becomes({ ...PACKAGE, 'src/routes.ts': late }, 'ads-sdk')).toContain('agent-imported-late');
  const other = route("import other from 'other-sdk';", 'new other.AdsClient()');
  expect(await becomes({ ...PACKAGE, 'src/routes.ts': other }, 'ads-sdk')).toBe('');
});

test('the default import of a module of CommonJS of the tree is rewired', async () => {
  const files = {
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'src/clients/ads.cjs':
      'class AdsClient {\n  async me() {\n    return 1;\n  }\n}\nmodule.exports = { AdsClient };\n',
    'src/utils/agent-cache.ts':
      "import ads from '../clients/ads.cjs';\nlet shared;\nexport const getAds = () => (shared ??= Promise.resolve(new ads.AdsClient()));\n",
    'src/routes.ts': route("import ads from './clients/ads.cjs';", 'new ads.AdsClient()'),
  };
  expect(await becomes(files, 'clients/ads')).toContain('const client = await getAds();');
});
