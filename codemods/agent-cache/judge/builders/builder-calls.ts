import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Factory, Problem, Source } from '../../migration.ts';
import { calledDefinition, definitionOf } from '../../survey/code/definitions.ts';
import { usesOfDefault } from '../../survey/modules/default-imports.ts';
import { commonJsTarget, exportedNameAt, exportNamesOf } from '../../survey/code/exports.ts';
import { isForeign } from '../../survey/code/foreign-values.ts';
import { HANDS_ON } from '../../survey/modules/may-re-export.ts';
import { isCommonJs } from '../../survey/modules/re-exports.ts';
import { type MemberFunction, memberFunction } from '../../survey/factories/member-factories.ts';
import { keyName, propertyName } from '../../survey/code/members.ts';
import {
  fileOf,
  isSameNode,
  programOfFile,
  programsMentioning,
  programsReaching,
} from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { referencesOf } from '../../survey/code/references.ts';
import { returnTypeAround } from '../../survey/code/return-types.ts';
import { importedModules } from '../../source/imported-modules.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { unexplainedProblem, unexplainedUseOf } from '../../survey/modules/unexplained-use.ts';
import { unnamedUse } from '../../survey/modules/unnamed-uses.ts';
import { ownExportsIn } from '../../survey/values/exported-values.ts';
import { takenIn } from '../../survey/values/taken-from-modules.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { shownPath } from '../../survey/code/place-at.ts';
import { reason } from '../../reasons/reason.ts';
import { programAround } from '../../survey/code/program-around.ts';
import { bindingNamed, bindingOfFunction } from '../../survey/code/bindings.ts';
import { callAt } from '../../survey/code/call-at.ts';

/** The calls of a function, in its own file and in others of its package. */
export interface BuilderCalls {
  calls: NodePath<t.CallExpression>[];
  /** The first place where it may be called by somebody who cannot be found. */
  blocking: NodePath | undefined;
  /** Something that uses it, or may do so, and is not looked through. */
  unseen?: Problem;
}

/** Every call of a function with a name, or of a member; undefined for one that has neither. */
export function callsOfBuilder(fn: FunctionPath, source: Source): BuilderCalls | undefined {
  const member = memberFunction(fn as Factory['fn'], source);
  if (member) {
    const calls = member.references.flatMap((each) => callAt(each) ?? []);
    const other = member.references.find((each) => !callAt(each));
    const found = { calls, blocking: member.blocking ?? other };
    return member.member.exportPaths.length === 0 ? found : callsOfExportedMember(fn, member, found, source);
  }
  const assigned = assignedExport(fn);
  if (assigned !== undefined) {
    const found: BuilderCalls = { calls: [], blocking: unnamedUse(fn, [assigned], source) };
    return callsElsewhere({ fn, name: assigned }, found, source);
  }
  const binding = bindingOfFunction(fn);
  const whole = wholeModule(fn, binding?.referencePaths ?? []);
  if (whole) return callsOfWhole(fn, { whole, binding }, source);
  if (!binding) return undefined;
  const { name } = binding.identifier;
  const found: BuilderCalls = { calls: [], blocking: binding.constant ? undefined : fn };
  if (!binding.scope.path.isProgram()) {
    for (const each of referencesOf(binding, source.program, source.text)) addUse(each, found);
    return found;
  }
  const exported = exportNamesOf({
    fn: fn as Factory['fn'],
    name,
    references: binding.referencePaths,
  });
  if (exported.some((each) => each !== name && each !== 'default')) found.blocking ??= fn;
  found.blocking ??= unnamedUse(fn, exported, source);
  for (const program of programsMentioning(name, source)) lookThrough(program, { fn, name }, found, source);
  if (exported.includes('default')) {
    // A module of CommonJS may be the function itself.
    if (isCommonJs(binding.scope.path.node as t.Program)) return { ...found, blocking: found.blocking ?? fn };
    const uses = usesOfDefault(
      { exported: fn, name },
      (value) => {
        const called = calledDefinition(value, source);
        return called?.kind === 'function' && isSameNode(called.path, fn, source);
      },
      source,
    );
    for (const each of uses.references) addUse(each, found);
    found.blocking ??= uses.blocking;
    if (uses.unseen !== undefined && !fn.node.async)
      return { ...found, unseen: builtUnseenProblem(uses.unseen, source) };
  }
  // Tests and other packages are not looked through, and would find a promise.
  if (fn.node.async || exported.length === 0) return found;
  const unseen = unseenImporter(name, fileOf(fn, source), source);
  return unseen === undefined ? found : { ...found, unseen };
}

/** `exports.open = (req) => …`, which is found by its name wherever that is called. */
function assignedExport(fn: FunctionPath): string | undefined {
  const path = fn.isMethod() ? undefined : exportedNameAt(outermostSame(fn));
  const assignment = outermostSame(fn).parentPath;
  if (path === undefined || !/^(?!default$)\w+$/.test(path) || !assignment?.isAssignmentExpression())
    return undefined;
  let count = 0;
  programAround(assignment).traverse({
    AssignmentExpression: ({ node: { left } }) => {
      if (commonJsTarget(left) === path) count++;
    },
  });
  return count === 1 ? path : undefined;
}

/** Where a module of CommonJS exports the function, and nothing else: `module.exports = open`. */
function wholeModule(fn: FunctionPath, references: readonly NodePath[]): NodePath | undefined {
  if (fn.isMethod()) return undefined;
  const program = programAround(fn);
  const own = fn.isFunctionDeclaration() ? references : [outermostSame(fn), ...references];
  const whole = own.find((each) => exportedNameAt(each) === '');
  // Where `exports` is spoken of again, the module has more than this.
  return whole && ownExportsIn(program).length === 1 ? whole : undefined;
}

/** The calls of a function that is a whole module, by the names under which files load that, or where they load it. */
function callsOfWhole(
  fn: FunctionPath,
  { whole, binding }: { whole: NodePath; binding: Binding | undefined },
  source: Source,
): BuilderCalls {
  const { project } = source;
  const file = absolutePath(fileOf(fn, source));
  const found: BuilderCalls = { calls: [], blocking: !binding || binding.constant ? undefined : fn };
  for (const each of binding?.referencePaths ?? []) if (each.node !== whole.node) addUse(each, found);
  for (const program of programsReaching(fn, undefined, source))
    for (const taken of takenIn(program)) {
      if (project?.resolve(fileOf(taken.at, source), taken.specifier) !== file) continue;
      const declarator = outermostSame(taken.at).parentPath;
      const name =
        !taken.binding && declarator?.isVariableDeclarator() && declarator.node.id.type === 'Identifier'
          ? bindingNamed(declarator.node.id, declarator.scope)
          : taken.binding;
      if (name && !name.constant) found.blocking ??= taken.at;
      else for (const each of name?.referencePaths ?? [taken.at]) addUse(each, found);
    }
  const unseen = project?.importersOf(file).find((each) => !isLookedThrough(each, file, source));
  if (unseen !== undefined) return { ...found, unseen: builtUnseenProblem(unseen, source) };
  const unexplained = project && unexplainedUseOf(file, new Set(['default']), project);
  return unexplained
    ? { ...found, unseen: unexplainedProblem('module.exports', unexplained, source) }
    : found;
}

/** Whether all that an importer's text says of a module is an import or a load whose name is known. */
function isLookedThrough(importer: string, file: string, source: Source): boolean {
  const { project } = source;
  if (!project?.dependentsOf(file).includes(importer)) return false;
  const isIt = (specifier: string) => project.resolve(importer, specifier) === file;
  const named = importedModules(project.read(importer) ?? '').filter(isIt);
  const program = programOfFile(importer, source);
  const taken = program ? takenIn(program).filter(({ specifier }) => isIt(specifier)) : [];
  return named.length === taken.length;
}

/** A member of an object that is exported, or a static one of a class, is called by its name in other files too. */
function callsOfExportedMember(
  fn: FunctionPath,
  { member }: MemberFunction,
  found: BuilderCalls,
  source: Source,
): BuilderCalls {
  const name = keyName(member.path.node);
  const { node } = member.path;
  const isStatic = 'static' in node && node.static === true;
  const isPlain =
    (isStatic || member.owner.isObjectExpression()) &&
    member.exportPaths.every((each) => lastOf(each) === name);
  const isOwn = fn.scope.getProgramParent().block === source.program.node;
  if (!isPlain || !isOwn || name === undefined) return { ...found, blocking: found.blocking ?? fn };
  return callsElsewhere({ fn, name }, found, source);
}

function lastOf(path: string): string | undefined {
  return path.split('.').at(-1);
}

/** The calls of an export of CommonJS, or of a member of one, wherever its name is mentioned. */
function callsElsewhere(
  { fn, name }: { fn: FunctionPath; name: string },
  found: BuilderCalls,
  source: Source,
): BuilderCalls {
  for (const program of programsMentioning(name, source)) lookThrough(program, { fn, name }, found, source);
  const unseen = fn.node.async ? undefined : unseenImporter(name, fileOf(fn, source), source);
  const calls = [...new Map(found.calls.map((call) => [call.node, call])).values()];
  return { ...found, calls, ...(unseen !== undefined && { unseen }) };
}

/**
 * The first file that gets at what the file exports, and has a name in it, but is not among its package's sources; or
 * the first place of which nothing tells whether it does.
 */
function unseenImporter(name: string, path: string, source: Source): Problem | undefined {
  const { project } = source;
  if (!project) return undefined;
  const seen = new Set(project.filesMentioning(path, name));
  const found = new Set<string>();
  const pending = [absolutePath(path)];
  for (let target = pending.pop(); target !== undefined; target = pending.pop()) {
    const unexplained = unexplainedUseOf(target, new Set([name]), project);
    if (unexplained) return unexplainedProblem(name, unexplained, source);
    for (const importer of project.importersOf(target)) {
      const text = found.has(importer) ? undefined : project.read(importer);
      found.add(importer);
      if (text === undefined) continue;
      if (text.includes(name) && !seen.has(importer)) return builtUnseenProblem(importer, source);
      if (HANDS_ON.test(text)) pending.push(importer);
    }
  }
  return undefined;
}

function lookThrough(
  program: NodePath<t.Program>,
  { fn, name }: { fn: FunctionPath; name: string },
  found: BuilderCalls,
  source: Source,
): void {
  const isIt = (path: NodePath) => {
    const called = calledDefinition(path, source);
    return called && called.kind === 'function' && isSameNode(called.path, fn, source);
  };
  program.traverse({
    'ReferencedIdentifier|BindingIdentifier'(path: NodePath) {
      if (!path.isIdentifier({ name }) || !path.isReferencedIdentifier()) return;
      // The type of what it gives becomes a promise when it does; in its own file that is awaited.
      const isOwn = returnTypeAround(path) && isIn(fn, path);
      if (path.parentPath.isTSTypeQuery() && (fn.node.async || isOwn)) return;
      const isExported = exportedNameAt(path) === name || path.parentPath.isExportSpecifier();
      if (!isExported && isIt(path)) addUse(path, found);
    },
    ExportSpecifier({ node }) {
      const exported = node.exported.type === 'Identifier' ? node.exported.name : node.exported.value;
      if (node.local.name === name && exported !== name) found.blocking ??= program;
    },
    ImportSpecifier(path) {
      const { imported, local } = path.node;
      const isRenamed = imported.type === 'Identifier' && imported.name === name && local.name !== name;
      if (!isRenamed) return;
      for (const each of path.scope.getBinding(local.name)?.referencePaths ?? [])
        if (isIt(each)) addUse(each, found);
    },
    ObjectProperty(path) {
      const { key, value } = path.node;
      const isPicked = path.parentPath.isObjectPattern() && key.type === 'Identifier' && key.name === name;
      if (isPicked && (value.type !== 'Identifier' || value.name !== name)) found.blocking ??= path;
    },
    'MemberExpression|OptionalMemberExpression'(path: NodePath) {
      if (!path.isMemberExpression() && !path.isOptionalMemberExpression()) return;
      const isSet = path.parentPath.isAssignmentExpression() && path.key === 'left';
      if (propertyName(path.node) !== name || isSet) return;
      const known = definitionOf(path, source);
      if (known ? isIt(path) : !isForeign(path.get('object') as NodePath, source)) addUse(path, found);
    },
  });
}

function isIn(fn: FunctionPath, place: NodePath): boolean {
  return fn.scope.getProgramParent().block === place.scope.getProgramParent().block;
}

function addUse(reference: NodePath, found: BuilderCalls): void {
  if (reference.isExportDeclaration()) return;
  const call = callAt(reference);
  if (call) found.calls.push(call);
  else found.blocking ??= reference;
}

/** Why a function is left that a file uses which is not among those that can be changed with it. */
function builtUnseenProblem(file: string, source: Source): Problem {
  return reason('wrapper-used-in-left-file', [], { file: shownPath(file, source) });
}
