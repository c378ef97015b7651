import { migrateSource } from '../../codemods/agent-cache/run.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const IMPORT = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent';\n\n";

const mark = (path: string, source: string) =>
  migrateSource({ path, source }, { ...DEFAULT_OPTIONS, mark: true });

/** The lines that the marks of a file stand above, of those that were there before. */
function linesBelowMarks(path: string, body: string): string[] {
  const output = mark(path, IMPORT + body).output ?? '';
  const lines = output.split('\n');
  expect(lines.filter((line) => !line.trim().startsWith('// agent-cache: manual')).join('\n')).toBe(
    IMPORT + body,
  );
  expect(mark(path, output).output).toBeUndefined();
  return lines.flatMap((line, index) =>
    line.includes('// agent-cache: manual') ? [(lines[index + 1] ?? '').trim()] : [],
  );
}

test('a place that begins inside of a text is marked above the statement around it', () => {
  const template =
    'export const text = (id: string) => `\n$' + '{new FacebookAdsAgent().describe()}\n$' + '{id}`;\n';
  expect(linesBelowMarks('src/a.ts', template)).toEqual(['export const text = (id: string) => `']);
  const nested = template.replace(
    'new FacebookAdsAgent()',
    '(() => {\n  const one = new FacebookAdsAgent();\n  return one;\n})()',
  );
  expect(linesBelowMarks('src/a.ts', nested)).toEqual(['const one = new FacebookAdsAgent();']);
  const element = `export function View() {
  return (
    <ul>
      text
      {new FacebookAdsAgent().describe()}
      <li title={
        new FacebookAdsAgent().describe()
      } />
    </ul>
  );
}
`;
  expect(linesBelowMarks('src/a.tsx', element)).toEqual(['return (', 'new FacebookAdsAgent().describe()']);
  const comment = '/* one\n  */ export const own = new FacebookAdsAgent();\n';
  expect(linesBelowMarks('src/a.ts', comment)).toEqual(['/* one']);
});

test('a mark stands above the comments that tell tools about the line below them', () => {
  const body = `// eslint-disable-next-line no-new
// @ts-expect-error later
export const own = new FacebookAdsAgent();
`;
  expect(linesBelowMarks('src/a.ts', body)).toEqual(['// eslint-disable-next-line no-new']);
});

test('a mark names no line of its own file, which the next edit would move', () => {
  const body = `export async function run(id) {
  const agent = new FacebookAdsAgent();
  agent.accountId = id;
  return agent.getCampaigns();
}
`;
  expect(mark('src/a.ts', IMPORT + body).output).toContain(
    '  // agent-cache: manual — The agent is changed, which would change it for every other user of it.\n',
  );
});

test('a mark names other files, and no line of them', async () => {
  const agents = "import type { FacebookAdsAgent } from './agents/facebook-ads-agent';\n\n";
  const tree = temporaryTree({
    'src/tune.ts': `${agents}export function tune(agent: FacebookAdsAgent) {\n  agent.accountId = '7';\n}\n`,
    'src/a.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent';
import { tune } from './tune';

export async function run() {
  const agent = new FacebookAdsAgent();
  tune(agent);
  return agent.getCampaigns();
}
`,
  });
  const outputs: (string | undefined)[] = [];
  for await (const { output } of migrateTree([tree.root], { ...DEFAULT_OPTIONS, mark: true }))
    outputs.push(output);
  expect(outputs.join('')).toContain('— The agent is changed in tune.ts, which would change it');
  tree.remove();
});

test('only comments are marks, in the line above the place or behind it', () => {
  const own = 'export const own = new FacebookAdsAgent(); // agent-cache: manual, as agreed\n';
  expect(mark('src/a.ts', IMPORT + own).output).toBeUndefined();
  const text =
    "export const text = `\n// agent-cache: manual\n`;\nexport const other = 'agent-cache: manual';\n";
  expect(mark('src/a.ts', text)).toMatchObject({ status: 'unchanged', occurrences: [] });
});

test('a mark that outlived its place is told of in a file that no longer names the agent', async () => {
  const tree = temporaryTree({ 'src/a.ts': '// agent-cache: manual — later\nexport const a = 1;\n' });
  const results = [];
  for await (const { status, occurrences } of migrateTree([tree.root], DEFAULT_OPTIONS)) {
    results.push({ status, places: occurrences.map(({ kind, line, left }) => [kind, line, left?.id]) });
  }
  expect(results).toEqual([{ status: 'manual', places: [['mark', 1, 'stale-mark']] }]);
  tree.remove();
});
