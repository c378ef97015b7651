import { someOf } from '../support/depth.ts';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Browser } from 'playwright-core';
import { FORMATS } from '../../scripts/checklist/formats/format.ts';
import { rendererOf } from '../../scripts/checklist/formats/render.ts';
import { appendStepSummary } from '../../scripts/checklist/formats/step-summary.ts';
import type { Finding, Report } from '../../scripts/checklist/report.ts';
import { summarize } from '../../scripts/checklist/summarize.ts';
import { paletteFor } from '../../scripts/cli/colour.ts';
import { faultsOfPage, hasBrowser, launchBrowser, WINDOWS } from '../support/browser.ts';
import {
  check,
  GROUND,
  NEW_WAY,
  OLD_WAY,
  PROJECT_ROOT,
  removeTrees,
  report,
  Tree,
} from './checklist-tree.ts';
import { parseXml } from './checklist-xml.ts';

afterAll(removeTrees);

/** A name that every format has to escape in its own way. */
const NASTY = 'src/a %25,b:c|`d`<e>&"f"\u0007é.ts';

interface SarifResult {
  message: { text: string };
  locations: [{ physicalLocation: { artifactLocation: { uri: string } } }];
  partialFingerprints: Record<string, string>;
}

function finding(over: Partial<Finding> = {}): Finding {
  return {
    file: NASTY,
    line: 3,
    column: 5,
    rule: 'old-way',
    id: 'construction',
    message: 'one\ntwo 100% <b> & "c" ]]> --> *d*',
    ...over,
  };
}

/** A report with something in each of its parts. */
function fullReport(): Report {
  return summarize({
    guide: 'MIGRATION.md',
    guides: ['MIGRATION.md'],
    subject: {
      agentClass: 'FacebookAdsAgent',
      agentModule: 'agents/a',
      declaredIn: ['src/agents/a.ts'],
      factory: 'getFacebookAgent',
    },
    cache: { module: 'src/utils/agent-cache.ts', verified: 'source' },
    excluded: ['src/excluded/a---b----c.ts'],
    items: [
      {
        kind: 'file',
        path: 'src/ok.ts',
        verdict: 'migrated',
        ticked: true,
        ok: true,
        accepted: false,
        guideLine: 1,
        findings: [],
      },
      {
        kind: 'file',
        path: NASTY,
        verdict: 'pending',
        ticked: false,
        ok: false,
        accepted: false,
        guideLine: 2,
        findings: [finding({ fix: 'npm run codemod -- x', hint: 'or so' })],
      },
      {
        kind: 'file',
        path: 'src/kept.ts',
        verdict: 'pending',
        ticked: false,
        ok: true,
        accepted: true,
        findings: [finding({ file: 'src/kept.ts' })],
      },
    ],
    checks: [
      {
        kind: 'route',
        target: 'GET /x',
        text: 'x',
        verdict: 'passed',
        ticked: true,
        ok: true,
        guideLine: 4,
        findings: [],
      },
      {
        kind: 'metric',
        target: 'a_total',
        text: 'a|b',
        verdict: 'failed',
        ticked: false,
        ok: false,
        guideLine: 5,
        findings: [finding({ rule: 'check' })],
      },
      {
        kind: 'manual',
        target: '',
        text: 'deploy | *now*',
        verdict: 'manual',
        ticked: false,
        ok: true,
        guideLine: 6,
        findings: [],
      },
    ],
    findings: [finding({ file: 'baseline.json', rule: 'baseline', message: 'stale' })],
    notes: [finding({ rule: 'duplicate', message: 'twice' })],
    live: {
      url: 'http://127.0.0.1:1',
      path: '/x',
      requests: 3,
      ok: false,
      creations: 6,
      findings: [finding({ file: 'http://127.0.0.1:1', rule: 'live', message: 'creates per request' })],
    },
    scanned: 9,
  });
}

async function render(format: (typeof FORMATS)[number], full = fullReport()): Promise<string> {
  const renderer = await rendererOf(format);
  return renderer(full, { palette: paletteFor({ isTTY: false }, {}), locate: (file) => file });
}

function readJson(file: string) {
  return JSON.parse(readFileSync(path.join(PROJECT_ROOT, file), 'utf8'));
}

test('every format has every finding that fails', async () => {
  for (const format of FORMATS.filter((each) => each !== 'badge')) {
    const text = await render(format);
    for (const part of ['stale', 'creates per request', 'npm run codemod -- x']) expect(text).toContain(part);
    expect(text.endsWith('\n')).toBe(true);
  }
});

describe('json', () => {
  const schema = readJson('docs/checklist-report.schema.json');
  const validate = new Ajv2020({ allErrors: true }).compile(schema);

  test('is what its schema says, made up or real', async () => {
    const tree = new Tree({
      ...GROUND,
      'src/api/a.ts': OLD_WAY,
      'src/api/b.ts': OLD_WAY,
      'MIGRATION.md': '- [x] `src/api/a.ts`\n- [ ] `src/gone.ts`\n- [ ] x <!-- check: script x -->\n',
    });
    for (const value of [JSON.parse(await render('json')), await report(tree)]) {
      validate(value);
      expect(validate.errors).toBeNull();
    }
  });

  test('a report that is not is refused', async () => {
    for (const broken of [{ version: 2 }, { items: [{ path: 'a.ts' }] }, { summary: {} }, { ok: 'yes' }]) {
      expect(validate({ ...fullReport(), ...broken })).toBe(false);
    }
  });

  test('knows every verdict and rule of the code', async () => {
    const rules = readJson('docs/checklist-report.schema.json').$defs.finding.properties.rule.enum;
    const sarif = JSON.parse(await render('sarif')).runs[0].tool.driver.rules.map(
      ({ id }: { id: string }) => id,
    );
    expect(new Set(rules)).toEqual(new Set(sarif));
  });
});

test('a reason of the codemod is a rule of its own in SARIF, with the way to go on as its help', async () => {
  const report = fullReport();
  const item = report.items.find(({ path: file }) => file === NASTY);
  item?.findings.push(finding({ id: 'agent-kept', message: 'builds its own' }));
  const [run] = JSON.parse(await render('sarif', report)).runs;
  const result = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === 'agent-kept');
  expect(run.tool.driver.rules[result.ruleIndex]).toMatchObject({
    id: 'agent-kept',
    help: { markdown: expect.stringContaining('```ts') },
  });
});

test('and that help speaks of the getter and the class of the tree', async () => {
  const helpOf = async (own: Partial<Report['subject']>) => {
    const report = fullReport();
    Object.assign(report.subject, { agentClass: 'LedgerClient', factory: 'sharedLedger' }, own);
    const item = report.items.find(({ path: file }) => file === NASTY);
    item?.findings.push(finding({ id: 'in-constructor', message: 'builds its own' }));
    const [run] = JSON.parse(await render('sarif', report)).runs;
    const rule = run.tool.driver.rules.find(({ id }: { id: string }) => id === 'in-constructor');
    return String(rule.help.markdown);
  };
  expect(await helpOf({})).toContain('sharedLedger()');
  expect(await helpOf({})).not.toMatch(/getLedgerClient|getFacebookAgent|FacebookAdsAgent/);
  expect(await helpOf({ keyed: true })).toContain('sharedLedgerFor(…)');
});

describe('sarif', () => {
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  // The schema of the standard, as its authors' package ships it; what it says it is written in, ajv has not heard of.
  const {
    $schema: _,
    id: _id,
    ...schema
  } = readJson('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const validate = ajv.compile(schema);

  test('is SARIF 2.1.0', async () => {
    const sarif = JSON.parse(await render('sarif'));
    validate(sarif);
    expect(validate.errors).toBeNull();
    expect(validate({ ...sarif, runs: [{ results: [] }] })).toBe(false);
    const [run] = sarif.runs;
    expect(run.results).toHaveLength(5);
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    const { artifactLocation, region } = run.results[0].locations[0].physicalLocation;
    expect(decodeURIComponent(artifactLocation.uri)).toBe(NASTY);
    expect(region).toEqual({ startLine: 3, startColumn: 5 });
  });

  test.each(['/elsewhere/baseline.json', '../baseline.json'])(
    'has no address of what lies beside the checkout: %s',
    async (file) => {
      const report = fullReport();
      report.findings.push(finding({ file, message: 'is gone' }));
      const { results } = JSON.parse(await render('sarif', report)).runs[0];
      const uris = results.map(
        (each: SarifResult) => each.locations[0].physicalLocation.artifactLocation.uri,
      );
      expect(uris.filter((uri: string) => /^(?:\/|\.\.)/.test(uri))).toEqual([]);
      expect(results.some((each: SarifResult) => each.message.text.startsWith(`${file}: is gone`))).toBe(
        true,
      );
    },
  );

  test('tells one place by what it says, wherever the lines are that it names', async () => {
    const printed = async (message: string) => {
      const report = fullReport();
      report.notes.push(finding({ rule: 'cache', id: 'cache-not-verified', message }));
      const { results } = JSON.parse(await render('sarif', report)).runs[0];
      return results.find((each: SarifResult) => each.message.text.startsWith(message)).partialFingerprints;
    };
    const print = await printed('src/api/w.ts:2 starts code');
    expect(await printed('src/api/w.ts:14 starts code')).toEqual(print);
    expect(await printed('src/api/w.ts:14:2 starts code')).toEqual(print);
    expect(await printed('src/api/x.ts:2 starts code')).not.toEqual(print);
  });

  test('tells places that are alike from one another, and one from none where its line drifts', async () => {
    const report = fullReport();
    const item = report.items.find(({ path: file }) => file === NASTY);
    const at = (line: number) => finding({ line, message: `built again (line ${line})` });
    const printsWith = async (...lines: number[]): Promise<string[]> => {
      item?.findings.splice(0, Infinity, ...lines.map(at));
      const [run] = JSON.parse(await render('sarif', report)).runs;
      return run.results
        .filter(({ message }: { message: { text: string } }) => message.text.includes('built again'))
        .map(({ partialFingerprints }: { partialFingerprints: object }) =>
          JSON.stringify(partialFingerprints),
        );
    };
    const prints = await printsWith(4, 9);
    expect(new Set(prints).size).toBe(2);
    expect(await printsWith(5, 12)).toEqual(prints);
  });
});

describe('github', () => {
  test('escapes what would end a property or a command', async () => {
    const [first] = (await render('github')).split('\n');
    expect(first).toBe(
      '::error file=src/a %2525%2Cb%3Ac|`d`<e>&"f"\u0007é.ts,line=3,col=5,title=migration checklist%3A old-way::' +
        'one%0Atwo 100%25 <b> & "c" ]]> --> *d* — hint: or so — fix: npm run codemod -- x',
    );
  });

  test('puts what a deployment lacks at the guide', async () => {
    const report = fullReport();
    const lines = (await render('github', report)).split('\n');
    const live = lines.find((line) => line.includes('checklist%3A live'));
    expect(live).toBe(
      `::error file=${report.guide},line=1,col=1,title=migration checklist%3A live::creates per request`,
    );
  });

  test('is one command a line, and no other line starts like one', async () => {
    const lines = (await render('github')).trimEnd().split('\n');
    expect(lines).toHaveLength(7);
    expect(lines.slice(0, 6).every((line) => /^::(error|notice) [^\n]*::[^\n]+$/.test(line))).toBe(true);
    expect(lines[6]).toMatch(/^Not done, 4 findings: /);
  });

  test('appends every finding to the step summary, however many', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `src/api/f${index}.ts`);
    const tree = new Tree({
      ...GROUND,
      ...Object.fromEntries(names.map((name) => [name, OLD_WAY])),
      'MIGRATION.md': names.map((name) => `- [ ] \`${name}\`\n`).join(''),
      'summary.md': 'earlier step\n',
    });
    const env = { GITHUB_STEP_SUMMARY: tree.path('summary.md'), GITHUB_WORKSPACE: path.dirname(tree.root) };
    const { stdout } = await check(tree, ['--format', 'github'], env);
    expect(stdout).toContain(`::error file=${path.basename(tree.root)}/src/api/f3.ts,line=7,col=17,`);
    const summary = tree.read('summary.md');
    expect(summary.startsWith('earlier step\n### ❌ Migration checklist\n')).toBe(true);
    for (const name of names) expect(summary).toContain(`- \`${path.basename(tree.root)}/${name}:7:17\``);
    await check(tree, ['--format', 'text'], env);
    expect(tree.read('summary.md')).toBe(summary);
    const unwritable = await check(tree, ['--format', 'github'], {
      GITHUB_STEP_SUMMARY: tree.path('no/where.md'),
    });
    expect(unwritable).toMatchObject({ exitCode: 2, stdout: '' });
  });

  test('cuts a summary that GitHub would drop', async () => {
    const tree = new Tree({ 'summary.md': '' });
    appendStepSummary(tree.path('summary.md'), '- `é`\n'.repeat(200_000));
    const summary = tree.read('summary.md');
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary).toMatch(/\n- `é`\n\n… cut: [^\n]+\n$/);
  });
});

describe('junit', () => {
  test('is well-formed, with counts that add up', async () => {
    const xml = await render('junit');
    const root = parseXml(xml);
    expect(root.name).toBe('testsuites');
    const suites = root.children;
    expect(suites.map(({ attributes }) => attributes.name)).toEqual([
      'files',
      'checks',
      'guide',
      'deployment',
    ]);
    const cases = suites.flatMap(({ children }) => children);
    const failed = cases.filter(({ children }) => children.some(({ name }) => name === 'failure'));
    expect(root.attributes).toMatchObject({ tests: String(cases.length), failures: String(failed.length) });
    expect(failed[0]?.attributes.name).toBe(NASTY.replace('\u0007', '\ufffd'));
    expect(failed[0]?.children[0]?.attributes.message).toBe('one\ntwo 100% <b> & "c" ]]> --> *d*');
    expect(cases.filter(({ children }) => children.some(({ name }) => name === 'skipped'))).toHaveLength(2);
  });
});

describe('markdown', () => {
  test('keeps its table whole whatever the names are', async () => {
    const rows = (await render('markdown')).split('\n').filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(8);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
  });
});

(hasBrowser ? describe : describe.skip)('the page', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gate-page-'));
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  test.each(someOf(WINDOWS))('fits %i pixels, %s, asks for nothing, and is accessible', async (...window) => {
    const file = path.join(folder, 'report.html');
    writeFileSync(file, await render('html'));
    expect(await faultsOfPage(browser, pathToFileURL(file).href, window)).toEqual([]);
  });
});

describe('text', () => {
  test('has no escape sequence off a terminal, and colours on one', async () => {
    const tree = new Tree({ ...GROUND, 'src/api/a.ts': NEW_WAY, 'MIGRATION.md': '- [x] `src/api/a.ts`\n' });
    expect((await check(tree)).stdout).not.toContain('\u001b');
    const palette = { bold: mark, dim: mark, red: mark, green: mark, yellow: mark, cyan: mark };
    const renderText = await rendererOf('text');
    expect(renderText(fullReport(), { palette, locate: (file) => file })).toContain('<pending     >');
  });

  test('lets no name steer the terminal', async () => {
    expect(await render('text')).not.toContain('\u0007');
    expect(await render('text')).toContain('\\x07');
  });
});

function mark(text: string): string {
  return `<${text}>`;
}
