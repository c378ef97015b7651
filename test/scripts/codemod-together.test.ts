import { reason } from '../../codemods/agent-cache/reasons/reason.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { leftFile, settledOf } from '../../scripts/codemod/report.ts';
import { settleTogether } from '../../scripts/codemod/settle-together.ts';
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
