import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { isMember } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { programsReaching } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { waitsBetween } from '../../survey/code/shared-state.ts';
import { callsByName } from '../../survey/functions/calls-by-name.ts';
import { isMiddleware } from '../../survey/functions/handlers.ts';
import {
  asCallerNames,
  isShared,
  type ReachedUse,
  stateReachedIn,
} from '../../survey/functions/reached-state.ts';
import { isSetAlike } from '../../survey/functions/set-alike.ts';
import { isSameState, type KeptState } from '../../survey/functions/state-origin.ts';

/** How many callers may call one another. */
const MAX_CALLERS = 3;

/** Where what a function reads is set for its very request before it runs: by its callers, or by a middleware. */
export function setForRequest(read: KeptState, fn: FunctionPath, source: Source): NodePath | undefined {
  const look = () => mayBeSet(read, source);
  if (!(source.project ? mentioned.of(source.project, `${read.root} ${read.parts.join('.')}`, look) : look()))
    return undefined;
  return setByCallers(read, fn, source, MAX_CALLERS) ?? setByMiddleware(read, fn, source);
}

/** The writes of what is read that one request does for itself, and another one would do otherwise. */
export function settersAmong(read: KeptState, uses: readonly ReachedUse[], source: Source): ReachedUse[] {
  return uses.filter(
    (each) => each.isWrite && isShared(each) && isSameState(read, each) && !isSetAlike(each, source),
  );
}

function setByCallers(
  read: KeptState,
  fn: FunctionPath,
  source: Source,
  callers: number,
): NodePath | undefined {
  if (callers === 0) return undefined;
  for (const call of callsByName(fn, source)) {
    const caller = call.getFunctionParent() as FunctionPath | null;
    if (!caller || caller.node === fn.node) continue;
    const callee = call.get('callee') as NodePath;
    const object = isMember(callee) ? (callee.get('object') as NodePath) : undefined;
    const isWithin = fn.isDescendant(call);
    const kept = isWithin
      ? read
      : asCallerNames(read, { object, given: call.get('arguments'), fn: caller }, source);
    if (!kept) continue;
    const { body } = caller.node;
    const start = call.node.start ?? 0;
    const set = settersAmong(kept, stateReachedIn(caller, source), source).find(({ by: { node } }) => {
      const end = node.end ?? 0;
      return node !== call.node && end <= (call.node.end ?? 0) && !waitsBetween(body, end, start);
    });
    const isFirst = !waitsBetween(body, (body.start ?? 0) - 1, start);
    const found = set?.at ?? (isFirst ? setByCallers(kept, caller, source, callers - 1) : undefined);
    if (found) return found;
  }
  return undefined;
}

/** What the middleware around a state writes of it and of its parts, by the state: many handlers read the same. */
const written = new OncePerProject<readonly MiddlewareUse[]>();
const mentioned = new OncePerProject<boolean>();
const inPrograms = new WeakMap<t.Program, readonly MiddlewareUse[]>();

interface MiddlewareUse extends ReachedUse {
  middleware: t.Node;
}

function setByMiddleware(read: KeptState, fn: FunctionPath, source: Source): NodePath | undefined {
  const find = () => writtenByMiddleware(read, source);
  const all = source.project ? written.of(source.project, read.root, find) : find();
  const others = all.filter(({ middleware }) => middleware !== fn.node);
  return settersAmong(read, others, source)[0]?.at;
}

function writtenByMiddleware(read: KeptState, source: Source): MiddlewareUse[] {
  return [...programsAround(read, source)].flatMap((program) => {
    const all = inPrograms.get(program.node) ?? middlewareUses(program, source);
    inPrograms.set(program.node, all);
    return all.filter(({ root }) => root === read.root);
  });
}

function middlewareUses(program: NodePath<t.Program>, source: Source): MiddlewareUse[] {
  return middlewareOf(program).flatMap((fn) =>
    stateReachedIn(fn, source).flatMap((use) => (use.isWrite ? [{ ...use, middleware: fn.node }] : [])),
  );
}

/** The files that may set it: this one, that which declares it, those that import it, and those that import its setters. */
function programsAround({ declared }: KeptState, source: Source): Set<NodePath<t.Program>> {
  const found = new Set([source.program]);
  if (!declared) return found;
  const near = [...programsReaching(declared, undefined, source)];
  for (const program of near) found.add(program);
  for (const program of near)
    for (const each of programsReaching(program, /\bnext\b/, source)) found.add(each);
  return found;
}

function middlewareOf(program: NodePath<t.Program>): FunctionPath[] {
  const found: FunctionPath[] = [];
  program.traverse({
    Function(fn) {
      if (isMiddleware(fn)) found.push(fn as FunctionPath);
    },
  });
  return found;
}

const MUTATES = String.raw`\.(?:add|set|delete|clear|push|pop|shift|unshift|splice)\(`;

/** Whether the text of any file that gets at it looks as if it set it; most of what is read is set where it is declared. */
function mayBeSet({ declared, binding, parts, root }: KeptState, source: Source): boolean {
  const { project } = source;
  if (!declared || !project) return true;
  const name = (parts.at(-1) ?? binding?.identifier.name ?? '').replace('#', '');
  if (name === '') return true;
  const written = String.raw`\b${name}\b['"\])]*\s*(?:[-+*/%&|^?]{1,2}=|=(?![=>])|\+\+|--|${MUTATES})`;
  const sets = new RegExp(
    String.raw`${written}|\[\w+\]\s*=(?![=>])|\b(?:assign|defineProperty|Reflect\.set)\(`,
  );
  const file = root.slice(0, root.lastIndexOf('#'));
  const declaredAs = new RegExp(String.raw`\b(?:const|let|var)\s+${name}\b[^=\n]*=(?![=>])`);
  const texts = [file, ...project.dependentsOf(file)].map((each) => project.read(each) ?? '');
  return texts.some((text) => sets.test(text.replace(declaredAs, '')));
}
