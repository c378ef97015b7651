import { someOf } from '../support/depth.ts';
import type { Binding } from '@babel/traverse';
import { parseSource } from '../../codemods/agent-cache/source/parse.ts';
import { traverse } from '../../codemods/agent-cache/source/traverse.ts';
import { exportedAs } from '../../codemods/agent-cache/survey/values/exported-values.ts';

const TEXT = `export const settings = { region: 'us' };
export function regionOf(key: string) { const found = settings.region; return found + key; }
export class Settings { read() { const shown = settings; return shown; } }
export default function start() { let state = 1; return state; }
const inner = 1;
export { inner as handed };
`;

test.each(
  someOf([
    ['settings', ['settings']],
    ['regionOf', ['regionOf']],
    ['Settings', ['Settings']],
    ['start', ['default']],
    ['inner', ['handed']],
    // What stands in an exported function or class is its own.
    ['key', []],
    ['found', []],
    ['shown', []],
    ['state', []],
  ]),
)('%s is exported as %j', (name, exported) => {
  let binding: Binding | undefined;
  traverse(parseSource('settings.ts', TEXT), {
    Scope: ({ scope }) => {
      binding = scope.getOwnBinding(name) ?? binding;
    },
  });
  if (!binding) throw new Error(`${name} is not declared`);
  expect(exportedAs({ binding, value: binding.path }).path).toEqual(exported);
});
