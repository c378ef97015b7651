import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { remoteAwaitsIn } from '../settle/remote-builders.ts';
import type { Range } from '../settle/remote-awaits.ts';
import { rangeOf } from '../source/edit.ts';
import { reportDone } from '../report.ts';
import type { Migration } from '../migration.ts';
import { awaitCall } from './forms/await-call.ts';

/** Awaits the calls of other files' functions that become async, since what they return has the agent in it. */
export function awaitRemoteBuilders(migration: Migration): void {
  const awaits = new Map(remoteAwaitsIn(migration).map((each) => [keyOf(each.call), each]));
  if (awaits.size === 0) return;
  migration.program.traverse({
    CallExpression(call) {
      const found = awaits.get(keyOf(rangeOf(call.node)));
      if (!found || isEdited(call, migration) || call.parentPath.isAwaitExpression()) return;
      const promote = functionAt(call, found.promote);
      reportDone(migration, call.node, 'factory-call', 'rewired');
      for (const file of found.before) migration.dependsOn.add(file);
      migration.restsOn.add(found.builder);
      awaitCall(migration, { call, ...(promote && { promote }) });
    },
  });
}

function keyOf({ start, end }: Range): string {
  return `${start}-${end}`;
}

function isEdited(call: NodePath, { removedNodes }: Migration): boolean {
  return call.find(({ node }) => removedNodes.has(node)) !== null;
}

function functionAt(call: NodePath, start: number | undefined): NodePath<t.Function> | undefined {
  const found = call.findParent((each) => each.isFunction() && each.node.start === start);
  return found?.isFunction() ? found : undefined;
}
