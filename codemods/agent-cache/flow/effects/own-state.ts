import type * as t from '@babel/types';
import type { Migration } from '../../migration.ts';
import { type ClassLine, type ClassPart, lineIn, partsOfClass } from './agent-class.ts';
import { effectOf } from './agent-verbs.ts';
import { keyName } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { bodyOf, classFileOf, functionOf } from './own-methods.ts';

/** The properties in which the agent keeps what its calls did, and where they write them. */
type State = ReadonlyMap<string, ClassLine>;

const known = new OncePerProject<State>();

/** What an agent does once, before its first call: what it keeps of that is the same for everybody. */
const PREPARES = /^#?_?(connect|init|ensure|dial|open|start|setup|auth|login|validate|load|prepare|refresh)/i;
const COUNTS =
  /\bthis\.(#?\w+)\s*(?:\+\+|--|[-+*/]=)|(?:\+\+|--)this\.(#?\w+)|\bthis\.(#?\w+)\.(?:push|unshift|splice|add|set|delete)\(/g;
const READS = /\bthis\.(#?\w+)/g;
const ASSIGNS = /\bthis\.(#?\w+)\s*=(?![=>])/g;

/** What of its state the agent's own methods write; undefined when its class cannot be read. */
export function ownState(migration: Migration): State | undefined {
  const { project, options } = migration;
  const file = classFileOf(migration);
  if (!project || !file) return undefined;
  return known.of(project, file, () => readState(partsOfClass(file, options.agentClass, project), migration));
}

function readState(parts: readonly ClassPart[], migration: Migration): State {
  const state = new Map<string, ClassLine>();
  for (const part of parts) {
    for (const member of part.members) {
      const name = keyName(member) ?? '';
      // Who calls a method that changes the agent is left for that.
      if (name === 'constructor' || effectOf(name, migration) !== undefined) continue;
      for (const pattern of PREPARES.test(name) ? [COUNTS] : [COUNTS, ASSIGNS])
        note(member, pattern, part, state);
    }
  }
  for (const { members, text } of parts) {
    for (const member of members) {
      if (member.type !== 'ClassMethod' || member.kind !== 'get') continue;
      const read = [...bodyOf(member, text).matchAll(READS)].map(([, name = '']) => state.get(name));
      const written = read.find((each) => each !== undefined);
      const name = keyName(member);
      if (written !== undefined && name !== undefined) state.set(name, written);
    }
  }
  return state;
}

function note(member: t.Node, pattern: RegExp, part: ClassPart, state: Map<string, ClassLine>): void {
  const start = functionOf(member)?.body.start ?? 0;
  for (const found of bodyOf(member, part.text).matchAll(pattern)) {
    const name = found.slice(1).find((each) => each !== undefined);
    if (name !== undefined && !state.has(name)) state.set(name, lineIn(part, start + found.index));
  }
}
