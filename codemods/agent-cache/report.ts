import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Judged, Problem } from './migration.ts';
import { type Assumption, type CodemodOptions, DEFAULT_OPTIONS } from './options.ts';
import { clientName } from './source/client-noun.ts';
import type { Action, OccurrenceKind } from './result.ts';

/** Notes a place that was rewired or removed. */
export function reportDone(
  migration: Judged,
  node: t.Node,
  kind: OccurrenceKind,
  action: Exclude<Action, 'manual'>,
  { plan, assumptions = [] }: { plan?: string; assumptions?: readonly Assumption[] | undefined } = {},
): void {
  const rests = assumptions.length > 0 ? { assumptions } : {};
  migration.occurrences.push({
    ...placeOf(node),
    kind,
    action,
    ...(plan !== undefined && { plan }),
    ...rests,
  });
}

/** Notes a place that is left for a person. */
export function reportManual(
  migration: Judged,
  path: NodePath,
  kind: OccurrenceKind,
  problem: Problem,
): void {
  const left = { ...problem, names: { ...clientNames(migration.options), ...problem.names } };
  migration.occurrences.push({ ...placeOf(path.node), kind, action: 'manual', left });
}

/** What a hint calls the agent by, in a tree that calls it otherwise. */
function clientNames(options: CodemodOptions): Readonly<Record<string, string>> {
  const { agentClass, factory, keyed } = options;
  if (agentClass === DEFAULT_OPTIONS.agentClass && factory === DEFAULT_OPTIONS.factory) return {};
  return { client: clientName(options), ...(keyed ? {} : { shared: `${factory}()` }) };
}

function placeOf(node: t.Node): { line: number; column: number } {
  return { line: node.loc?.start.line ?? 1, column: (node.loc?.start.column ?? 0) + 1 };
}
