import { execFileSync } from 'node:child_process';
import { scriptArguments } from '../support/script-arguments.ts';
import type { Counts } from './support/counted-runs.ts';

const output = execFileSync(process.execPath, scriptArguments('test/codemods/support/counted-runs.ts'), {
  encoding: 'utf8',
});
const runs = JSON.parse(output) as Counts[];

test.each(runs.map((run): [string, Counts] => [run.tree, run]))(
  'each file of a %s is read, parsed and given its scopes once',
  (_name, { rewired, read, parsed, scoped }) => {
    expect(rewired).toBeGreaterThan(0);
    expect({ read, parsed, scoped }).toEqual({ read: 1, parsed: 1, scoped: 1 });
  },
);
