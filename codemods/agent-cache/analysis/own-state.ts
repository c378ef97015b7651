import type * as t from '@babel/types';
import type { Migration } from '../migration.ts';
import { effectOf } from './agent-verbs.ts';
import { keyName } from './members.ts';
import { OncePerProject } from './once-per-project.ts';
import { bodyOf, classFileOf, classMembersIn, functionOf, lineAt } from './own-methods.ts';

/** The properties in which the agent keeps what its calls did, with the 1-based line that writes them. */
type State = ReadonlyMap<string, number>;

const known = new OncePerProject<State>();

/** What an agent does once, before its first call: what it keeps of that is the same for everybody. */
const PREPARES = /^#?_?(connect|init|ensure|dial|open|start|setup|auth|login|validate|load|prepare|refresh)/i;
const COUNTS =
  /\bthis\.(#?\w+)\s*(?:\+\+|--|[-+*/]=)|(?:\+\+|--)this\.(#?\w+)|\bthis\.(#?\w+)\.(?:push|unshift|splice|add|set|delete)\(/g;
const READS = /\bthis\.(#?\w+)/g;
const ASSIGNS = /\bthis\.(#?\w+)\s*=(?![=>])/g;

/** The file of the agent's class, and what of its state its own methods write; undefined when that cannot be read. */
export function ownState(migration: Migration): { file: string; state: State } | undefined {
  const { project } = migration;
  const file = classFileOf(migration);
  if (!project || !file) return undefined;
  return { file, state: known.of(project, file, () => readState(file, project.read(file) ?? '', migration)) };
}

function readState(file: string, text: string, migration: Migration): State {
  const state = new Map<string, number>();
  const members = classMembersIn(file, text, migration.options.agentClass);
  for (const member of members) {
    const name = keyName(member) ?? '';
    // Who calls a method that changes the agent is left for that.
    if (name === 'constructor' || effectOf(name, migration) !== undefined) continue;
    for (const pattern of PREPARES.test(name) ? [COUNTS] : [COUNTS, ASSIGNS])
      note(member, pattern, text, state);
  }
  for (const member of members) {
    if (member.type !== 'ClassMethod' || member.kind !== 'get') continue;
    const read = [...bodyOf(member, text).matchAll(READS)].map(([, name = '']) => state.get(name));
    const written = read.find((line) => line !== undefined);
    const name = keyName(member);
    if (written !== undefined && name !== undefined) state.set(name, written);
  }
  return state;
}

function note(member: t.Node, pattern: RegExp, text: string, state: Map<string, number>): void {
  const start = functionOf(member)?.body.start ?? 0;
  for (const found of bodyOf(member, text).matchAll(pattern)) {
    const name = found.slice(1).find((each) => each !== undefined);
    const line = lineAt(text, start + found.index);
    if (name !== undefined && !state.has(name)) state.set(name, line);
  }
}
