import type { NodePath } from '@babel/traverse';
import type { Judged, Problem } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { usesOfDeclared } from '../../survey/code/bindings.ts';
import { isMember } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import { lineAt } from '../../survey/code/place-at.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { codeOf } from '../../source/code-of.ts';
import { changesByUsers } from '../interpreter/run-users.ts';
import { effectOf, foundEffect } from './agent-verbs.ts';
import { agentEffects } from './effects.ts';
import { classFileOf } from './own-methods.ts';

type Changes = ReturnType<typeof changesByUsers>;

const known = new OncePerProject<Changes>();

/**
 * Why an agent is left that some code changes or closes which it gets into by ways that only a run tells: closures, lists,
 * promises, `this`. One of which no more is done than to call its methods gets nowhere.
 * @param gotAt all places of its file that get one, which are asked about together
 * @param user a place of the file that is run: the same, or one that calls what gives the agent on
 */
export function changedByUsers(
  expression: NodePath,
  migration: Judged,
  gotAt: readonly NodePath[] = migration.sites.map((site) => site.expression),
  user: NodePath = expression,
): Problem | undefined {
  const { project, options } = migration;
  if (!project || isOnlyCalled(expression)) return undefined;
  const file = absolutePath(fileOf(expression, migration));
  const places = gotAt.filter((each) => !isOnlyCalled(each));
  const offsets = places.flatMap(({ node }) => node.start ?? []);
  const entry = absolutePath(fileOf(user, migration));
  const found = known.of(project, `${entry} ${file} ${offsets.join()}`, () => {
    const classFile = classFileOf(migration);
    const isOfTree = classFile !== undefined && !classFile.includes('/node_modules/');
    const agentClass = { file: isOfTree ? classFile : undefined, name: options.agentClass };
    const harmless = harmlessWrites(migration);
    const effect = (method: string) => unasked(migration, () => effectOf(method, migration));
    const got = { file, offsets };
    return changesByUsers({ file: entry, got, agentClass, harmless, effectOf: effect }, project);
  });
  const at = found.get(expression.node.start ?? -1);
  if (!at) return undefined;
  const line = codeOf(at.file, project)
    .slice(0, at.offset)
    .split(/\r\n|\n|\r/).length;
  return reason(at.is === 'close' ? 'agent-closed' : 'agent-changed', [lineAt(at.file, line, migration)]);
}

/** Where methods write that may be called. */
function harmlessWrites(migration: Judged): Set<string> {
  const all = agentEffects(migration)?.writes ?? [];
  return unasked(
    migration,
    () => new Set(all.flatMap(([path, at]) => (foundEffect(path, migration) ? [] : at))),
  );
}

/** Asks something of a method: what a person vouches for is not used up by the question. */
function unasked<T>({ assumed }: Judged, ask: () => T): T {
  const before = new Set(assumed);
  const answer = ask();
  for (const each of assumed) if (!before.has(each)) assumed.delete(each);
  return answer;
}

/** `agent.load()`, and nothing else of it. */
function isOnlyCalled(expression: NodePath): boolean {
  const value = outermostSame(expression);
  const uses = isMethodCall(value) ? [] : usesOfDeclared(value);
  return isMethodCall(value) || (uses.length > 0 && uses.every((use) => isMethodCall(outermostSame(use))));
}

function isMethodCall({ parentPath: member, key }: NodePath): boolean {
  if (!isMember(member) || key !== 'object' || member.node.computed) return false;
  const { parentPath: call } = member;
  return member.key === 'callee' && (call?.isCallExpression() || call?.isOptionalCallExpression()) === true;
}
