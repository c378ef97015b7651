import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { runPasses } from '../../codemods/agent-cache/run-passes.ts';

test('a file whose new text does not parse stays as it is, and every place of it is left', () => {
  const result = runPasses(
    [
      ({ edits, occurrences }) => {
        edits.append('}');
        occurrences.push({ line: 1, column: 1, kind: 'factory', action: 'removed' });
      },
    ],
    { path: 'a.ts', source: 'export {};\n' },
    { ...DEFAULT_OPTIONS, mark: true },
    undefined,
  );
  expect(result).toEqual({
    path: 'a.ts',
    status: 'manual',
    occurrences: [
      {
        line: 1,
        column: 1,
        kind: 'factory',
        action: 'manual',
        left: { id: 'would-not-parse', at: [], names: {} },
      },
    ],
  });
});
