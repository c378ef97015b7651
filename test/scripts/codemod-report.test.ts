import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { htmlReport } from '../../scripts/codemod/reports/html-report.ts';
import { markdownReport } from '../../scripts/codemod/reports/markdown-report.ts';
import { reportPage } from '../../scripts/codemod/reports/report-page.ts';
import { faultsOfPage, hasBrowser, launchBrowser, WINDOWS } from '../support/browser.ts';
import { runTool, type ToolEnded } from '../support/run-tool.ts';
import { createTree, type Tree } from '../support/trees.ts';

// Continuous integration installs the browser; without one there is nothing to look at the page with.
const shown = hasBrowser ? test : test.skip;
const SCHEMA = new URL('../../docs/codemod-report.schema.json', import.meta.url);

const IMPORT = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\n";

let tree: Tree;
let browser: Browser | undefined;
beforeAll(async () => {
  tree = createTree({
    'src/agents/facebook-ads-agent.ts': 'export class FacebookAdsAgent {\n  async getCampaigns() {}\n}\n',
    'src/utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

const agent = new FacebookAdsAgent();
export const getFacebookAgent = async () => agent;
`,
    'src/api/a.ts': `${IMPORT}
export async function list() {
  const label = '<b>&"</b> \`\`\` ${'a very long line '.repeat(20)}';
  return [label, await new FacebookAdsAgent().getCampaigns()];
}
`,
    'src/api/b.ts': `${IMPORT}
export const one = async (token: string) => new FacebookAdsAgent({ token }).getCampaigns();
export const two = async (token: string) => new FacebookAdsAgent({ token }).getCampaigns();
`,
    'src/api/c.ts': `${IMPORT}export const = ;\n`,
  });
  if (hasBrowser) browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  tree.remove();
});

const report = (file: string): Promise<ToolEnded> =>
  runTool('codemod', ['--dry-run', '--report', file, 'src'], tree.root);

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  if (!browser) throw new Error('there is no browser');
  const page = await browser.newPage(options);
  await page.goto(pathToFileURL(tree.path('report.html')).href);
  return page;
}

shown('the page says what changes, what is left and what was at fault', async () => {
  expect((await report('report.html')).code).toBe(2);
  const html = tree.read('report.html');
  expect(html).not.toMatch(/<script|https?:|<link|<img/);
  const page = await open();
  const text = await page.locator('body').innerText();
  expect(text).toContain('A run over src would change 1 file and leaves 2 places to a person.');
  expect(text).toContain('src/api/b.ts:3:45');
  expect(text).toContain('src/api/b.ts:4:45');
  expect(text).toContain('src/api/c.ts:2:14');
  expect(text).toContain('+  return [label, await (await getFacebookAgent()).getCampaigns()];');
  expect(text).toContain('<b>&"</b>');
  expect(await page.locator('article').count()).toBe(1);
  await page.getByText('How', { exact: true }).click();
  expect(await page.locator('article').innerText()).toContain('Ask what the arguments stand for.');
  await page.close();
});

shown.each(WINDOWS)('at %i pixels, %s, it fits and is accessible', async (...window) => {
  if (!browser) throw new Error('there is no browser');
  await report('report.html');
  expect(await faultsOfPage(browser, pathToFileURL(tree.path('report.html')).href, window)).toEqual([]);
});

shown('it prints without cutting lines off', async () => {
  await report('report.html');
  const page = await open({ viewport: { width: 700, height: 900 } });
  await page.emulateMedia({ media: 'print' });
  expect(
    await page.evaluate(
      "Math.max(...[...document.querySelectorAll('pre')].map((pre) => pre.scrollWidth - pre.clientWidth))",
    ),
  ).toBe(0);
  await page.close();
});

test('Markdown says the same, with a fence that the text cannot end', async () => {
  await report('report.md');
  const text = tree.read('report.md');
  expect(text).toContain('A run over src would change 1 file and leaves 2 places to a person.');
  expect(text).toContain('- `src/api/b.ts:3:45`\n- `src/api/b.ts:4:45`');
  expect(text).toMatch(/\n````diff\n--- a\/src\/api\/a\.ts\n[\s\S]*\n````\n/);
});

test('what a person vouched for is told in both', () => {
  const report = {
    version: 1 as const,
    assumptions: [{ id: 'keeps-nothing', of: 'FacebookAdsAgent.track', why: 'it only counts <calls>' }],
    files: [],
    summary: { scanned: 0, migrated: 0, partial: 0, manual: 0, errors: 0 },
  };
  const page = reportPage({
    report,
    options: DEFAULT_OPTIONS,
    paths: ['src'],
    isPreview: true,
    diffs: new Map(),
  });
  expect(htmlReport(page)).toContain(
    '<li><code>keeps-nothing</code> of <code>FacebookAdsAgent.track</code>: it only counts &lt;calls&gt;</li>',
  );
  expect(markdownReport(page)).toContain(
    '- `keeps-nothing` of `FacebookAdsAgent.track`: it only counts \\<calls\\>',
  );
});

test('JSON is what its schema says, whatever happened', async () => {
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  await report('report.json');
  const found = JSON.parse(tree.read('report.json'));
  expect(validate(found) ? [] : validate.errors).toEqual([]);
  expect(found.files.map(({ status }: { status: string }) => status).sort()).toEqual([
    'error',
    'manual',
    'migrated',
  ]);
  expect(found).toMatchObject({
    tool: { name: 'agent-cache-tools' },
    options: { agentClass: 'FacebookAdsAgent' },
  });
  expect(validate({ ...found, files: [{ path: 1 }] })).toBe(false);
});

test('a report is replaced by a report, and nothing else is', async () => {
  expect((await report('report.html')).stderr).not.toContain('no report');
  expect((await report('report.md')).stderr).not.toContain('no report');
  const { code, stderr } = await report('src/api/a.ts');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'codemod: --report src/api/a.ts: it is there and no report, name a file that may be replaced\n',
  });
});
