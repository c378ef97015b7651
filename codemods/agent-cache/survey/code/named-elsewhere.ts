import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { calledDefinition } from './definitions.ts';
import { isMember, isWritten, keyName, propertyName } from './members.ts';
import { programsReaching } from './opened-files.ts';
import type { FunctionPath } from './placement.ts';
import { requiredModule } from './required-module.ts';
import { writtenName } from './written-name.ts';
import { classChain } from './class-chain.ts';

/** An expression that stands for a function, or may do so where the code does not show what it is. */
export interface Naming {
  at: NodePath;
  certain: boolean;
}

/** Where a function is named by its own name's member or import, in its file and in those that get at it. */
export function* namingsOf(fn: FunctionPath, name: string, source: Source): Iterable<Naming> {
  for (const program of programsReaching(fn, name, source)) {
    const named: NodePath[] = [];
    program.traverse({
      'MemberExpression|OptionalMemberExpression'(path: NodePath) {
        if (isMember(path) && propertyName(path.node) === name && !isWritten(path)) named.push(path);
      },
      ObjectProperty(path: NodePath<t.ObjectProperty>) {
        if (path.parentPath.isObjectPattern() && keyName(path.node) === name)
          named.push(...referencesOfPattern(path));
      },
      ImportSpecifier(path: NodePath<t.ImportSpecifier>) {
        if (writtenName(path.node.imported) === name) named.push(...referencesTo(path.node.local, path));
      },
    });
    yield* standingFor(fn, named, source);
    yield* handedOnAs(name, program);
  }
}

/** `this.name` in the classes that the one with the method extends: there it may be the method. */
export function* namingsInAncestors(fn: FunctionPath, name: string, source: Source): Iterable<Naming> {
  const own = fn.findParent((path) => path.isClass());
  const chain = own?.isClass() ? classChain(own, source) : [];
  for (const path of chain.slice(1)) {
    const named: Naming[] = [];
    path.traverse({
      MemberExpression(member) {
        if (member.node.object.type !== 'ThisExpression' || isWritten(member)) return;
        if (propertyName(member.node) === name) named.push({ at: member, certain: true });
      },
    });
    yield* named;
  }
}

/** Where a function is named that is the whole of what its module exports, or its default. */
export function* namingsOfWhole(fn: FunctionPath, source: Source): Iterable<Naming> {
  for (const program of programsReaching(fn, undefined, source)) {
    const named: NodePath[] = [];
    program.traverse({
      ImportDefaultSpecifier: (path) => void named.push(...referencesTo(path.node.local, path)),
      ImportSpecifier(path) {
        if (writtenName(path.node.imported) === 'default') named.push(...referencesTo(path.node.local, path));
      },
      CallExpression(path) {
        if (!requiredModule(path.node)) return;
        const { parent } = path;
        const isNamed = parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier';
        named.push(...(isNamed ? referencesTo(parent.id as t.Identifier, path) : [path]));
      },
    });
    for (const naming of standingFor(fn, named, source)) if (naming.certain) yield naming;
    yield* handedOnAs('default', program);
  }
}

/** `export { name as other } from …`, which goes on under its other name. */
function* handedOnAs(name: string, program: NodePath<t.Program>): Iterable<Naming> {
  for (const statement of program.get('body')) {
    if (!statement.isExportNamedDeclaration() || !statement.node.source) continue;
    for (const specifier of statement.get('specifiers')) {
      if (specifier.isExportSpecifier() && specifier.node.local.name === name)
        yield { at: specifier.get('local'), certain: true };
    }
  }
}

function* standingFor(fn: FunctionPath, expressions: readonly NodePath[], source: Source): Iterable<Naming> {
  for (const at of expressions) {
    const found = calledDefinition(at, source);
    if (!found || found.path.node === fn.node) yield { at, certain: found !== undefined };
  }
}

function referencesOfPattern(property: NodePath<t.ObjectProperty>): readonly NodePath[] {
  const { value } = property.node;
  const local = value.type === 'AssignmentPattern' ? value.left : value;
  return local.type === 'Identifier' ? referencesTo(local, property) : [];
}

function referencesTo({ name }: t.Identifier, at: NodePath): readonly NodePath[] {
  return at.scope.getBinding(name)?.referencePaths ?? [];
}
