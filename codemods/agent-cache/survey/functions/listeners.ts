import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { partOf } from '../code/aliases.ts';
import { definitionOf } from '../code/definitions.ts';
import { FileFacts } from '../code/file-facts.ts';
import { isMember, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { writtenName } from '../code/written-name.ts';
import { type KeptState, keptState } from './state-origin.ts';

const LISTENS = /^(on|once|addListener|prependListener|prependOnceListener|addEventListener)$/;

/** A function that listens to an event of something: `bus.on('tenant', (id) => { … })`. */
interface Listening {
  bus: KeptState;
  /** Undefined where it is not written out: it may be any. */
  event: string | undefined;
  listener: FunctionPath;
}

/** What listens to an event, in whichever file: `bus.on('tenant', (id) => { … })` for `bus.emit('tenant', id)`. */
export function listenersOf(bus: NodePath, event: NodePath | undefined, source: Source): FunctionPath[] {
  const kept = busOf(bus, source);
  if (!event || !kept?.declared) return [];
  const name = writtenName(event.node, true);
  const isMet = (other: string | undefined) => name === undefined || other === undefined || other === name;
  return listenings
    .reaching(kept.declared, source)
    .flatMap((each) => (isMet(each.event) && isSame(each.bus, kept) ? [each.listener] : []));
}

/** How a text looks that listens to something. */
const LISTENING = /\b(?:on|once|addListener|prepend(?:Once)?Listener|addEventListener)\b/;

function isSame(one: KeptState, other: KeptState): boolean {
  return one.root === other.root && one.parts.join('.') === other.parts.join('.');
}

function busOf(bus: NodePath, source: Source): KeptState | undefined {
  const origin = partOf(bus);
  if (!origin?.binding) return undefined;
  return keptState(origin.binding, origin.state.split('.').slice(1), source);
}

const listenings = new FileFacts<Listening>('listeners', LISTENING, (program, source) => {
  const found: Listening[] = [];
  program.traverse({
    CallExpression(call) {
      const callee = call.get('callee') as NodePath;
      if (!isMember(callee) || !LISTENS.test(propertyName(callee.node) ?? '')) return;
      const [event, listener] = call.get('arguments') as NodePath[];
      const run = event && listener && definitionOf(listener, source);
      const bus = run?.kind === 'function' ? busOf(callee.get('object') as NodePath, source) : undefined;
      if (event && bus && run?.kind === 'function')
        found.push({ bus, event: writtenName(event.node, true), listener: run.path });
    },
  });
  return found;
});
