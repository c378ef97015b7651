import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading, Source } from '../../migration.ts';
import { definitionOf } from '../code/definitions.ts';
import { exportsNamed } from '../code/exports-named.ts';
import { keyName, propertyName } from '../code/members.ts';
import { fileOf, programOfFile } from '../code/opened-files.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { writtenName } from '../code/written-name.ts';
import { bindingOf } from '../code/bindings.ts';

/** A file, and by what names the agent is built. */
export type Told = Reading & Pick<Source, 'options'>;

export type Construction = NodePath<t.NewExpression | t.CallExpression>;

/** How many pieces of code the getter may reach before nothing is said of what it builds. */
const MAX_PIECES = 60;

/**
 * The constructions by which the cache module builds what its getter gives: those in the code that the getter reaches,
 * or all of the module where the getter is none that can be followed.
 */
export function ownConstructions(source: Told, getter: string): Construction[] {
  const { project, path } = source;
  const file = project?.cacheModuleOf(path);
  const program = file === undefined ? undefined : programOfFile(file, source);
  if (!program) return [];
  const value = firstExport(program, getter);
  const found = value ? constructionsFrom(value, source) : [];
  return found.length > 0 ? found : constructionsIn(program, source);
}

/** The expression or declaration that a module exports under a name; a barrel is not looked behind. */
function firstExport(program: NodePath<t.Program>, name: string): NodePath | undefined {
  for (const source of exportsNamed(program, name))
    if ('value' in source) return exportedMember(source.value, source.member);
  return undefined;
}

/** What `module.exports = { getAgent }` exports under a name; the value itself where no name is asked for. */
export function exportedMember(value: NodePath, name: string | undefined): NodePath | undefined {
  if (name === undefined) return value;
  const object = withoutTypes(value);
  if (!object.isObjectExpression()) return undefined;
  const members = object.get('properties');
  // What is spread into it, or named by what is not known, may be another one.
  if (members.some(({ node }) => keyName(node) === undefined)) return undefined;
  const member = members.findLast(({ node }) => keyName(node) === name);
  return member?.isObjectProperty() ? (member.get('value') as NodePath) : member;
}

/** The constructions in the code that an expression reaches by the names that it uses, in the files of the cache. */
function constructionsFrom(start: NodePath, source: Told): Construction[] {
  const found = new Map<t.Node, Construction>();
  const seen = new Set<t.Node>();
  const pending: NodePath[] = [start];
  for (let next = pending.pop(); next && seen.size < MAX_PIECES; next = pending.pop()) {
    const piece = pieceOf(next);
    if (seen.has(piece.node)) continue;
    seen.add(piece.node);
    for (const each of constructionsIn(piece, source)) found.set(each.node, each);
    pending.push(...namesIn(piece).flatMap((name) => codeBehind(name, source)));
  }
  return [...found.values()];
}

/** The declaration around a name that declares, so that its value is read as well. */
function pieceOf(path: NodePath): NodePath {
  const declarator = path.key === 'id' ? path.parentPath : undefined;
  return declarator?.isVariableDeclarator() ? declarator : path;
}

function namesIn(piece: NodePath): NodePath<t.Identifier>[] {
  const names: NodePath<t.Identifier>[] = [];
  if (piece.isIdentifier()) names.push(piece);
  piece.traverse({
    Identifier(path) {
      const isAssigned = path.parent.type === 'AssignmentExpression';
      if (isAssigned || path.isReferencedIdentifier()) names.push(path);
    },
  });
  return names;
}

/** What a name of the module's top stands for: its declaration, what it is given later, an export of another file. */
function codeBehind(name: NodePath<t.Identifier>, source: Told): NodePath[] {
  const binding = bindingOf(name);
  if (!binding?.scope.path.isProgram()) return [];
  const { path } = binding;
  if (path.node.type.startsWith('Class')) return [];
  if (path.parent.type !== 'ImportDeclaration') return [path, ...binding.constantViolations];
  const behind = definitionOf(name, source);
  if (behind?.kind !== 'function') return [];
  return source.project?.isCacheFile(fileOf(behind.path, source)) ? [behind.path] : [];
}

function constructionsIn(piece: NodePath, source: Told): Construction[] {
  const found: Construction[] = [];
  const note = (path: Construction) => {
    if (buildsTheClass(path, source)) found.push(path);
  };
  if (piece.isNewExpression() || piece.isCallExpression()) note(piece);
  piece.traverse({ NewExpression: note, CallExpression: note });
  return found;
}

/** Whether an expression of the cache's code builds the agent, by the name that the class has there. */
export function buildsTheClass(path: Construction, { options }: Told): boolean {
  const { agentClass, builtBy = 'new' } = options;
  if (path.isNewExpression() !== (builtBy === 'new')) return false;
  const callee = withoutTypes(path.get('callee') as NodePath);
  if (builtBy === 'new' || builtBy === 'function') return namesTheClass(callee, agentClass);
  const isBuilder = callee.isMemberExpression() && propertyName(callee.node) === builtBy;
  return isBuilder && namesTheClass(withoutTypes(callee.get('object') as NodePath), agentClass);
}

function namesTheClass(path: NodePath, agentClass: string): boolean {
  if (path.isMemberExpression()) return propertyName(path.node) === agentClass;
  if (!path.isIdentifier()) return false;
  const imported = bindingOf(path)?.path;
  if (imported?.isImportSpecifier()) return writtenName(imported.node.imported) === agentClass;
  return path.node.name === agentClass;
}
