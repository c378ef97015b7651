import { fileProject } from '../../codemods/agent-cache/files/file-project.ts';
import { runClass } from '../../codemods/agent-cache/flow/interpreter/class-runs.ts';
import { judgeState } from '../../codemods/agent-cache/flow/interpreter/judge-runs.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { temporaryTree } from './support/temporary-tree.ts';

/** A package's class of so many methods, each of which takes about ten thousand steps. */
function runOf(methods: number) {
  const names = Array.from({ length: methods }, (_, index) => `  m${index}(id) { return work(id); }`);
  const tree = temporaryTree({
    'index.js': `function work(id) {\n${'  id = id + 1;\n'.repeat(2000)}  return id;\n}
export class Client {
${names.join('\n')}
}
`,
  });
  try {
    return runClass(`${tree.root}/index.js`, 'Client', fileProject(DEFAULT_OPTIONS), judgeState, tree.root);
  } finally {
    tree.remove();
  }
}

test('a class of a package that takes too many steps is given up after a few of its methods', () => {
  const runs = runOf(600);
  expect(runs?.complete).toBe(false);
  expect(runs?.steps).toBeLessThan(1_000_000);
});

test('a class of a package with many methods is run to its end where that can be done', () => {
  expect(runOf(60)?.complete).toBe(true);
});
