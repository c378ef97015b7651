import { chmodSync } from 'node:fs';
import { reason } from '../../codemods/agent-cache/reasons/reason.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { leftFile, settledOf } from '../../scripts/codemod/report.ts';
import { paletteFor } from '../../scripts/cli/colour.ts';
import { writeEach } from '../../scripts/codemod/settle.ts';
import { settleTogether } from '../../scripts/codemod/settle-together.ts';
import { runTool } from '../support/run-tool.ts';
import { createTree } from '../support/trees.ts';

test('a file that cannot be put back beside one that is left is a fault', async () => {
  const tree = createTree({ 'a.ts': 'changed by an editor\n' });
  const file = (name: string): FileResult => ({
    path: tree.path(name),
    status: 'migrated',
    occurrences: [{ line: 1, column: 1, kind: 'factory', action: 'removed' }],
    source: 'before\n',
  });
  const [a, b] = [file('a.ts'), file('b.ts')];
  const reports = await settleTogether(
    [
      { result: a, output: 'after\n' },
      { result: b, output: 'after\n' },
    ],
    {
      settle: (result) => (result === a ? settledOf(a) : leftFile(result, 'manual', reason('declined'))),
      putBack: (result, output) => writeEach(paletteFor({ isTTY: false }, {})).putBack(result, output),
      close: () => {},
    },
  );
  expect(reports.map(({ status, occurrences }) => [status, occurrences[0]?.left?.id])).toEqual([
    ['error', 'not-put-back'],
    ['manual', 'declined'],
  ]);
  expect(tree.read('a.ts')).toBe('changed by an editor\n');
  tree.remove();
});

test('callers are put back where their factory cannot be written', async () => {
  const make = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export function make() {
  try {
    return new FacebookAdsAgent();
  } catch (cause) {
    throw new Error('down', { cause });
  }
}
`;
  const list = `import { make } from '../lib/make.js';

export const chained = (res, next) => {
  make().getCampaigns().then((all) => res.json(all)).catch(next);
};
`;
  const tree = createTree({
    'lib/make.ts': make,
    'routes/list.ts': list,
    'utils/agent-cache.ts': 'export {};\n',
  });
  chmodSync(tree.path('lib/make.ts'), 0o444);
  const { code, stdout, stderr } = await runTool('codemod', ['.'], tree.root);
  expect(code).toBe(2);
  expect(stderr).toContain('lib/make.ts:5:12: not written: it is read-only');
  expect(stdout).toContain('put back   routes/list.ts');
  expect(stdout).toContain('since lib/make.ts, whose factory it calls, was not  [factory-not-migrated]');
  expect([tree.read('lib/make.ts'), tree.read('routes/list.ts')]).toEqual([make, list]);
  tree.remove();
});

test('callers are put back where what builds their agent, and would have become async, cannot be written', async () => {
  const clients = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export function client(isOff) {
  if (isOff) throw new Error('off');
  return new FacebookAdsAgent();
}
`;
  const list = `import { client } from '../lib/clients.js';

export async function list(isOff) {
  return await client(isOff).getCampaigns();
}
`;
  const tree = createTree({
    'package.json': '{ "type": "module" }',
    'agents/facebook-ads-agent.ts': 'export class FacebookAdsAgent { async getCampaigns() { return []; } }\n',
    'lib/clients.ts': clients,
    'routes/list.ts': list,
    'utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared;
async function create() { return new FacebookAdsAgent(); }
export const getFacebookAgent = () => (shared ??= create());
`,
  });
  chmodSync(tree.path('lib/clients.ts'), 0o444);
  const { stdout, stderr } = await runTool('codemod', ['.'], tree.root);
  expect(stderr).toContain('lib/clients.ts:5:10: not written: it is read-only');
  expect(stdout).toContain('since lib/clients.ts, whose factory it calls, was not  [factory-not-migrated]');
  expect([tree.read('lib/clients.ts'), tree.read('routes/list.ts')]).toEqual([clients, list]);
  tree.remove();
});
