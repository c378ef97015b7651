import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { MAX_PARTS } from '../../source/far.ts';
import { keptOf } from '../../source/kept-with.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { FileFacts } from '../../survey/code/file-facts.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import { isMember, isWritten } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { fileOf, isSameNode } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { programAround } from '../../survey/code/program-around.ts';
import { waitsBetween } from '../../survey/code/shared-state.ts';
import { type Called, callsByName, unseenCallsOf } from '../../survey/functions/calls-by-name.ts';
import { asCallerNames, isOwnRoot, isShared } from '../../survey/functions/caller-names.ts';
import { isOfOtherKey } from '../../survey/functions/other-keys.ts';
import { seesWhatIsSet } from '../../survey/functions/calls-that-may-set.ts';
import { endsRequests } from '../../survey/functions/ends-requests.ts';
import { isForErrors, isMiddleware } from '../../survey/functions/handlers.ts';
import { callGiven } from '../../survey/functions/later-callbacks.ts';
import { stateReachedIn } from '../../survey/functions/reached-state.ts';
import type { ReachedUse } from '../../survey/functions/reached-use.ts';
import { isSetAlike } from '../../survey/functions/set-alike.ts';
import { isSameState, type KeptState } from '../../survey/functions/state-origin.ts';
import { isUnseen } from '../../survey/functions/unseen-objects.ts';
import { settingNames } from './setting-names.ts';

/** Where what a function reads is set for its very request before it runs: by its callers, or by a middleware. */
export function setForRequest(read: KeptState, fn: FunctionPath, source: Source): NodePath | undefined {
  if (cannotBeSet(read)) return undefined;
  return setByCallers(read, fn, source, new Set()) ?? setByMiddleware(read, fn, source);
}

/** A text, a number, a function under a constant name: most of what is read is one, and need not be looked for. */
function cannotBeSet({ binding, parts }: KeptState): boolean {
  if (!binding?.constant) return false;
  const { path } = binding;
  const value = path.isVariableDeclarator() ? path.node.init : path.node;
  if (/^(String|Numeric|Boolean|BigInt|Null|Template|RegExp)Literal$/.test(value?.type ?? '')) return true;
  return parts.length === 0 && /^(Function|Class|ArrowFunction)/.test(value?.type ?? '');
}

/** The writes of what is read that one request does for itself, and another one would do otherwise. */
export function settersAmong(
  read: KeptState & Partial<Pick<ReachedUse, 'isByPlainName' | 'at'>> & { isByAnyCall?: boolean },
  uses: readonly ReachedUse[],
  source: Source,
): ReachedUse[] {
  return uses.filter((each) => {
    // Two calls of `join` are of two lists, unless another method says of what object they are.
    if (read.isByPlainName && each.isByPlainName) return false;
    if (read.isByAnyCall && !each.mayBeSetBy && !isWritten(each.at)) return false;
    if (read.at && isOfOtherKey(read.at, each.at)) return false;
    if (each.mayBeSetBy && !(read.at && seesWhatIsSet(read.at, each.mayBeSetBy))) return false;
    return each.isWrite && isShared(each) && isSameState(read, each) && !isSetAlike(each, source);
  });
}

function setByCallers(
  read: KeptState,
  fn: FunctionPath,
  source: Source,
  seen: Set<string>,
): NodePath | undefined {
  if (!isNew(read, fn, seen, source)) return undefined;
  for (const call of callsOf(read, fn, source)) {
    const caller = call.getFunctionParent() as FunctionPath | null;
    if (!caller || caller.node === fn.node) continue;
    const kept = fn.isDescendant(call) ? read : asCallerHas(read, call, { fn: caller, called: fn }, source);
    if (!kept) continue;
    const { body } = caller.node;
    const start = call.node.start ?? 0;
    const before = stateReachedIn(caller, source).filter(({ isWrite, by: { node } }) => {
      const end = node.end ?? 0;
      return isWrite && node !== call.node && end <= (call.node.end ?? 0) && !waitsBetween(body, end, start);
    });
    const [set] = settersAmong(kept, before, source);
    const own = set ?? setOnGiven(kept, before, caller, source);
    const isFirst = !waitsBetween(body, (body.start ?? 0) - 1, start);
    const found =
      own?.at ??
      (isFirst
        ? (setByCallers(kept, caller, source, seen) ?? setByMiddleware(kept, caller, source))
        : undefined);
    if (found) return found;
  }
  return undefined;
}

/** Whether it was not asked of a function yet: those that call one another are asked once. */
function isNew({ root, parts }: KeptState, fn: FunctionPath, seen: Set<string>, source: Source): boolean {
  const key = [fileOf(fn, source), fn.node.start, root, ...parts.slice(0, MAX_PARTS)].join(' ');
  return seen.size < seen.add(key).size;
}

/** What a function sets, by these writes, of an object that it is given, where some caller gives it one that requests share. */
function setOnGiven(
  kept: KeptState,
  before: readonly ReachedUse[],
  fn: FunctionPath,
  source: Source,
): ReachedUse | undefined {
  if (isShared(kept)) return undefined;
  const set = before.find((each) => isSameState(kept, each) && !isSetAlike(each, source));
  return set && isGivenShared(kept, fn, source, new Set()) ? set : undefined;
}

/** What is read of an object that a function is called on, as its caller names that. */
function asCallerHas(
  read: KeptState,
  call: Called,
  around: Record<'fn' | 'called', FunctionPath>,
  source: Source,
): KeptState | undefined {
  const callee = call.get('callee') as NodePath;
  const object = isMember(callee) ? (callee.get('object') as NodePath) : undefined;
  const isBlind =
    object !== undefined && calledDefinition(callee, source) === undefined && isUnseen(object, source);
  const given = call.get('arguments') as NodePath[];
  return asCallerNames(read, { object, given, ...around, isUnseen: isBlind }, source);
}

/** The calls of a function; of one whose object others may set, those too that only name it. */
function callsOf(read: KeptState, fn: FunctionPath, source: Source): CallPaths {
  const own = keptCallsByName(fn, source);
  if (settingNames(read, fn, source).length === 0) return own;
  return [...own, ...keptOf(programAround(fn), 'calls unseen', fn.node, () => unseenCallsOf(fn, source))];
}

function isGivenShared(kept: KeptState, fn: FunctionPath, source: Source, seen: Set<string>): boolean {
  if (!isNew(kept, fn, seen, source)) return false;
  return keptCallsByName(fn, source).some((call) => {
    const caller = call.getFunctionParent() as FunctionPath | null;
    if (!caller || caller.node === fn.node) return false;
    // What a function that takes a callback gives it is not known.
    if (callGiven(fn)?.node === call.node && kept.isUnseen) return true;
    const given = call.get('arguments') as NodePath[];
    const named = asCallerNames(kept, { object: undefined, given, fn: caller, called: fn }, source);
    return named !== undefined && (isShared(named) || isGivenShared(named, caller, source, seen));
  });
}

/** A function reads many things, and to look for its calls is to walk all files that get at it. */
function keptCallsByName(fn: FunctionPath, source: Source): CallPaths {
  return keptOf(programAround(fn), 'calls by name', fn.node, () => callsByName(fn, source));
}

type CallPaths = readonly Called[];

interface MiddlewareUse extends ReachedUse {
  middleware: FunctionPath;
  /** It answers, or hands an error on to what answers those: no other handler runs after it. */
  isLast: boolean;
}

/** How a text looks that may have a middleware: by its parameters, its type, or what it is given to. */
const TAKES_REQUESTS =
  /\b_?(?:req|ctx|c|cb|done)\b|request|context|handler|middleware|\.(?:get|post|put|patch|delete|del|head|options|all|use|param)\s*\(/i;

const writtenByMiddleware = new FileFacts<MiddlewareUse>(
  'uses by middleware',
  TAKES_REQUESTS,
  (program, source) =>
    middlewareOf(program).flatMap((middleware) => {
      const written = stateReachedIn(middleware, source).filter(({ isWrite }) => isWrite);
      const isLast = written.length > 0 && endsRequests(middleware, source);
      return written.map((use) => ({ ...use, middleware, isLast }));
    }),
);

/** The files whose middleware writes a state, or one that nothing names: many handlers read the same. */
const writing = new OncePerProject<readonly string[]>();

function setByMiddleware(read: KeptState, fn: FunctionPath, source: Source): NodePath | undefined {
  const all = [
    ...writtenByMiddleware.ofProgram(source.program, source),
    ...writtenAround(read, source),
    ...writtenUnseen(read, source),
  ];
  const others = all.filter(
    ({ middleware, isLast }) => (!isLast || isForErrors(fn.node)) && !isSameNode(middleware, fn, source),
  );
  return settersAmong(read, others, source)[0]?.at;
}

function writtenAround(read: KeptState, source: Source): readonly MiddlewareUse[] {
  const { project } = source;
  if (!project || isOwnRoot(read)) return [];
  const word = wordOf(read);
  const isIt = ({ root }: MiddlewareUse) => root === read.root;
  const files = writing.of(project, read.declared ? read.root : `${read.root} ${word}`, () =>
    filesWith(isIt, filesAround(read, word, source), source),
  );
  return writtenByMiddleware.ofFiles(files, source).filter(isIt);
}

function filesWith(
  isIt: (use: MiddlewareUse) => boolean,
  files: Iterable<string>,
  source: Source,
): readonly string[] {
  return [...files].filter((file) => writtenByMiddleware.ofFiles([file], source).some(isIt));
}

/** What the middleware of files writes that only name what sets it: `req.app.get('service').become(id)`. */
function writtenUnseen(read: KeptState, source: Source): readonly MiddlewareUse[] {
  const { project, path } = source;
  if (!project || isOwnRoot(read)) return [];
  const isIt = ({ isUnseen: isBlind }: MiddlewareUse) => isBlind === true;
  const files = settingNames(read, undefined, source).flatMap((name) =>
    writing.of(project, `${project.packageRootOf(path) ?? ''} .${name}`, () => {
      const isNamed = new RegExp(`\\.${name}\\b`);
      const naming = [absolutePath(path), ...project.filesOfAllMentioning(path, name)];
      return filesWith(
        isIt,
        naming.filter((file) => isNamed.test(project.read(file) ?? '')),
        source,
      );
    }),
  );
  return writtenByMiddleware.ofFiles(new Set(files), source).filter(isIt);
}

/** What a file has in its text that sets something global. */
function wordOf({ root, parts }: KeptState): string {
  return (root === 'process' ? parts.at(-1) : parts[0]) ?? root;
}

/** The files that may set it: that which declares it, those that import it, and those that import its setters. */
function filesAround({ declared }: KeptState, word: string, source: Source): Set<string> {
  const { project } = source;
  if (!declared) return new Set([source.path, ...(project?.filesMentioning(source.path, word) ?? [])]);
  const own = fileOf(declared, source);
  const near = [own, ...(project?.dependentsOf(own) ?? [])];
  return new Set([...near, ...near.flatMap((file) => project?.dependentsOf(file) ?? [])]);
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
