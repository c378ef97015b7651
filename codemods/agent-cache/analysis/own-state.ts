import type * as t from '@babel/types';
import type { Migration } from '../migration.ts';
import type { Project } from '../project.ts';
import { effectOf } from './agent-verbs.ts';
import { keyName } from './members.ts';
import { bodyOf, classFileOf, classMembersIn } from './own-methods.ts';

/** The properties in which the agent keeps what its calls did, with the 1-based line that writes them. */
type State = ReadonlyMap<string, number>;

const known = new WeakMap<Project, Map<string, State>>();

/** What an agent does once, before its first call: what it keeps of that is the same for everybody. */
const PREPARES = /^#?_?(connect|init|ensure|dial|open|start|setup|auth|login|validate|load|prepare|refresh)/i;
const COUNTS =
  /\bthis\.(#?\w+)\s*(?:\+\+|--|[-+*/]=)|(?:\+\+|--)this\.(#?\w+)|\bthis\.(#?\w+)\.(?:push|unshift|splice|add|set|delete)\(/g;
const ASSIGNS = /\bthis\.(#?\w+)\s*=(?![=>])/g;

/** Where the agent's class is in a file, and what of its state its own methods write; empty when it cannot be read. */
export function ownState(migration: Migration): { file: string; state: State } | undefined {
  const { project } = migration;
  const file = classFileOf(migration);
  if (!project || !file) return undefined;
  const files = known.get(project) ?? new Map<string, State>();
  known.set(project, files);
  const state = files.get(file) ?? readState(file, project.read(file) ?? '', migration);
  files.set(file, state);
  return { file, state };
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
    const shown = [...state].find(([name]) => bodyOf(member, text).includes(`this.${name}`));
    const name = keyName(member);
    if (shown && name !== undefined) state.set(name, shown[1]);
  }
  return state;
}

function note(member: t.Node, pattern: RegExp, text: string, state: Map<string, number>): void {
  const code = bodyOf(member, text);
  for (const found of code.matchAll(pattern)) {
    const name = found.slice(1).find((each) => each !== undefined);
    const before = text.slice(
      0,
      (member.start ?? 0) + text.slice(member.start ?? 0).indexOf(code) + found.index,
    );
    if (name !== undefined && !state.has(name)) state.set(name, before.split(/\r\n|\n|\r/).length);
  }
}
