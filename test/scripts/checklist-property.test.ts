import fc from '../support/fast-check.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { check, GROUND, NEW_WAY, OLD_WAY, removeTrees, runScript, Tree } from './checklist-tree.ts';
import { depth } from '../support/depth.ts';

afterEach(removeTrees);

const AGENT = "from '../agents/facebook-ads-agent.ts';";

/** Sources of every condition: untouched, half way, done, unrelated, not to be understood. */
const SOURCES = {
  old: OLD_WAY,
  new: NEW_WAY,
  half: `${NEW_WAY}\nimport { FacebookAdsAgent } ${AGENT}\nrouter.get('/b', async (_req, res) => {\n  res.json(await new FacebookAdsAgent().getCampaigns());\n});\n`,
  alias: `import { FacebookAdsAgent as A } ${AGENT}\nexport async function go() {\n  const a = new A();\n  return a.getCampaigns();\n}\n`,
  factory: `import { FacebookAdsAgent } ${AGENT}\nfunction make() {\n  return new FacebookAdsAgent();\n}\nexport async function go() {\n  const a = make();\n  return a.getCampaigns();\n}\n`,
  manual: `import { FacebookAdsAgent } ${AGENT}\nexport class Holder {\n  agent = new FacebookAdsAgent();\n}\n`,
  type: `import type { FacebookAdsAgent } ${AGENT}\nexport type A = FacebookAdsAgent;\n`,
  comment: '// new FacebookAdsAgent()\nexport const a = 1;\n',
  namesake: 'class FacebookAdsAgent {}\nexport const a = new FacebookAdsAgent();\n',
  unrelated: 'export const a = 1;\n',
  broken: `${OLD_WAY}\nconst = ;\n`,
} as const;

type Kind = keyof typeof SOURCES;

interface Forest {
  files: Record<string, string>;
  listed: string[];
}

const forest: fc.Arbitrary<Forest> = fc
  .array(
    fc.record({
      folder: fc.constantFrom('src/api', 'src/tasks', 'src/a b', 'test', 'dist', 'src/node_modules'),
      extension: fc.constantFrom('.ts', '.ts', '.js', '.test.ts', '.d.ts'),
      // Mostly well, so that whole trees are.
      kind: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom<Kind>('new', 'type', 'comment', 'namesake', 'unrelated') },
        {
          weight: 1,
          arbitrary: fc.constantFrom<Kind>('old', 'half', 'alias', 'factory', 'manual', 'broken'),
        },
      ),
      listed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((files) => {
    const named = files.map((file, index) => ({
      ...file,
      path: `${file.folder}/f${index}${file.extension}`,
    }));
    return {
      files: Object.fromEntries(named.map(({ path, kind }) => [path, SOURCES[kind]])),
      listed: named.filter(({ listed }) => listed).map(({ path }) => path),
    };
  });

function plant({ files, listed }: Forest): Tree {
  const list = ['src/utils/agent-cache.ts', ...listed].map((path) => `- [ ] [file](<${path}>)\n`);
  return new Tree({ ...GROUND, ...files, 'MIGRATION.md': list.join('') });
}

/** What nobody reads and what names the class all the same is red, as nothing is known of it. */
function isUnreadAndNames(path: string, { files }: Forest): boolean {
  const isUnread = /^(?:test|dist|src\/node_modules)\/|\.(?:test|d)\.ts$/.test(path);
  return isUnread && (files[path] ?? '').includes('FacebookAdsAgent');
}

async function hasWork(root: string): Promise<boolean> {
  for await (const { status } of migrateTree([root], DEFAULT_OPTIONS))
    if (status !== 'unchanged') return true;
  return false;
}

test('the gate passes exactly when a dry run of the codemod has nothing to do', async () => {
  const seen = { passed: 0, failed: 0 };
  await fc.assert(
    fc.asyncProperty(forest, async (generated) => {
      const tree = plant(generated);
      const work =
        (await hasWork(tree.root)) || generated.listed.some((path) => isUnreadAndNames(path, generated));
      const { exitCode } = await check(tree);
      expect(exitCode).toBe(work ? 1 : 0);
      seen[work ? 'failed' : 'passed'] += 1;
      removeTrees();
    }),
    { numRuns: depth(100, 25) },
  );
  expect(Math.min(seen.passed, seen.failed)).toBeGreaterThan(depth(10, 2));
});

test('the two commands agree, and the command of a finding mends it', async () => {
  const tree = plant({ files: { 'src/a b/old.ts': SOURCES.old }, listed: ['src/a b/old.ts'] });
  const both = () =>
    Promise.all([runScript('codemod.ts', ['--dry-run', tree.root]), check(tree, ['--format', 'json'])]);
  const [dryRun, gate] = await both();
  expect(dryRun.stdout).not.toContain('Nothing to do');
  expect(gate).toMatchObject({ exitCode: 1, stderr: '' });
  const { path, verdict, findings } = JSON.parse(gate.stdout).items[1];
  expect({ path, verdict }).toEqual({ path: 'src/a b/old.ts', verdict: 'pending' });
  expect(findings[0].fix).toBe(`npm run codemod -- '${tree.path('src/a b/old.ts')}'`);

  expect(await runScript('codemod.ts', [tree.path('src/a b/old.ts')])).toMatchObject({ exitCode: 0 });
  const [dryRunAfter, gateAfter] = await both();
  expect(dryRunAfter.stdout).toContain('Nothing to do');
  expect(gateAfter).toMatchObject({ exitCode: 0, stderr: '' });
});
