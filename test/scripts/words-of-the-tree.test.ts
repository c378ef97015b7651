import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { type CodemodOptions, DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { paletteFor } from '../../scripts/cli/colour.ts';
import { placesLeft } from '../../scripts/codemod/console-view.ts';
import { createReport, settledOf } from '../../scripts/codemod/report.ts';
import { htmlReport } from '../../scripts/codemod/reports/html-report.ts';
import { markdownReport } from '../../scripts/codemod/reports/markdown-report.ts';
import { reportPage } from '../../scripts/codemod/reports/report-page.ts';
import { createTree, type Tree } from '../support/trees.ts';

const KEPT_ONCE = /To keep one of them as it is, exclude its file/g;
const LEDGER = { agentClass: 'LedgerClient', agentModule: 'lib/ledger-client', factory: 'getLedgerClient' };

let tree: Tree;
afterEach(() => tree.remove());

/** What is said of a tree with two clients that are changed, and one that is built where nothing can await. */
async function said(names: Partial<CodemodOptions>) {
  const options = { ...DEFAULT_OPTIONS, ...names };
  const { agentClass, agentModule, factory } = options;
  tree = createTree({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    [`src/${agentModule}.ts`]: `export class ${agentClass} { account = ''; async list() { return [this.account]; } }\n`,
    'src/utils/agent-cache.ts': `import { ${agentClass} } from '../${agentModule}.ts';
let shared: Promise<${agentClass}> | undefined;
async function create() { const one = new ${agentClass}(); await one.list(); return one; }
export function ${factory}(): Promise<${agentClass}> { return (shared ??= create()); }
`,
    'src/a.ts': `import { ${agentClass} } from './${agentModule}.ts';
export async function a(id: string) { const c = new ${agentClass}(); c.account = id; return await c.list(); }
export async function b(id: string) { const c = new ${agentClass}(); c.account = id; return await c.list(); }
export class Book { c = new ${agentClass}(); list() { return this.c.list(); } }
`,
  });
  const settled = [];
  for await (const result of migrateTree([tree.path('src')], options)) settled.push(settledOf(result));
  const report = createReport(settled, settled.length);
  const page = reportPage({ report, options, paths: ['src'], isPreview: true, diffs: new Map() });
  return {
    console: placesLeft(report.files, paletteFor({ isTTY: false }, {})),
    markdown: markdownReport(page),
    html: htmlReport(page),
    hints: report.files.flatMap(({ occurrences }) => occurrences.flatMap(({ hint }) => hint ?? [])),
  };
}

test('hints and recipes have the class and the getter of the tree', async () => {
  const { console, markdown, html } = await said(LEDGER);
  for (const text of [console, markdown, html]) {
    expect(text).toContain('Await getLedgerClient() in the methods that use it.');
    expect(text).not.toMatch(/FacebookAdsAgent|getFacebookAgent|the cached agent/);
  }
  expect(markdown).toContain('const agent = await getLedgerClient();');
});

test('beside entries for each set of arguments, a hint names no getter that may not be there', async () => {
  const { console } = await said({ ...LEDGER, keyed: true });
  expect(console).toContain('Await the cached LedgerClient in the methods that use it.');
});

test('in a tree with the default names, they are what they were', async () => {
  const { console, markdown } = await said({});
  expect(console).toContain('Await the cached agent in the methods that use it.');
  expect(markdown).toContain('const agent = await getFacebookAgent();');
});

test('what goes for all places is said once, and each hint of the JSON report stands alone', async () => {
  const { console, markdown, html, hints } = await said(LEDGER);
  expect(console.match(/is changed on line/g)).toHaveLength(2);
  for (const text of [console, markdown, html]) {
    expect(text.match(KEPT_ONCE)).toHaveLength(1);
    expect(text).not.toContain('To keep it as it is');
  }
  expect(hints.filter((hint) => hint.includes('To keep it as it is'))).toHaveLength(2);
});
