import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import { reason } from '../reasons/reason.ts';
import { reportManual } from '../report.ts';
import type { FileResult } from '../result.ts';
import { openFile } from '../source/open-file.ts';
import { isMember } from '../survey/code/members.ts';
import { outermostSame } from '../survey/code/wrappers.ts';
import { usesOfDeclared } from '../survey/code/bindings.ts';

/**
 * What the module of the class has of places: functions that build an agent for a use of their own. Builders, whose
 * callers are the places, and instances that are kept are none. Undefined where there is nothing to tell.
 */
export function placesOfOwnModule(
  path: string,
  text: string,
  options: CodemodOptions,
  project: Project,
): FileResult | undefined {
  const migration = openFile(path, text, options, project);
  const names = { class: options.agentClass };
  migration.program.traverse({
    NewExpression(built) {
      if (isOwnClass(built, options.agentClass) && isUsedHere(built))
        reportManual(migration, built, 'construction', reason('built-in-own-module', [], names));
    },
  });
  const { occurrences } = migration;
  return occurrences.length > 0 ? { path, status: 'manual', occurrences } : undefined;
}

function isOwnClass({ node: { callee }, scope }: NodePath<t.NewExpression>, agentClass: string): boolean {
  return (
    callee.type === 'Identifier' &&
    callee.name === agentClass &&
    scope.getBinding(agentClass)?.path.isClass() === true
  );
}

/** Whether the function around a construction uses the agent itself, and neither gives it on nor keeps it. */
function isUsedHere(built: NodePath): boolean {
  if (!built.getFunctionParent()) return false;
  const value = outermostSame(built);
  const { parentPath: parent } = value;
  if (isMember(parent)) return value.key === 'object';
  const references = usesOfDeclared(value);
  return references.length > 0 && references.every(isCalled);
}

function isCalled(reference: NodePath): boolean {
  const { parentPath: member, key } = outermostSame(reference);
  return isMember(member) && key === 'object' && member.key === 'callee';
}
