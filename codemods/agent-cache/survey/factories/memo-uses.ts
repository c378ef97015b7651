import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { bindingNamed } from '../code/bindings.ts';
import { isMember, keyName, propertyName } from '../code/members.ts';
import { referencesOf } from '../code/references.ts';
import { filesWith, isAskedFor } from './member-uses.ts';

/** The first use that stands outside of some code. */
export function useBeside(code: readonly NodePath[], uses: readonly NodePath[]): NodePath | undefined {
  return uses.find((use) => code.every((each) => each.node !== use.node && !use.isDescendant(each)));
}

/** Everything in its file that names a variable. */
export function usesOfVariable(
  declared: NodePath<t.VariableDeclarator>,
  { program, text }: Source,
): NodePath[] {
  const binding = bindingNamed(declared.node.id, declared.scope);
  return binding ? [...referencesOf(binding, program, text), ...binding.constantViolations] : [declared];
}

/** Everything in its file that goes by the name of a field, other names of its object included. */
export function usesOfField(field: NodePath, { program }: Source): NodePath[] {
  const name = keyName(field.node);
  const found: NodePath[] = [];
  program.traverse({
    'MemberExpression|OptionalMemberExpression': (path: NodePath) => {
      if (isMember(path) && propertyName(path.node) === name) found.push(path);
    },
    PrivateName: (path) => {
      if (isAskedFor(path, name)) found.push(path);
    },
    ObjectProperty: (path) => {
      if (path.parentPath.isObjectPattern() && keyName(path.node) === name) found.push(path);
    },
    'ClassMethod|ClassProperty|TSDeclareMethod': (path: NodePath) => {
      if (keyName(path.node) === name && path.node !== field.node && path.parent === field.parent)
        found.push(path);
    },
    StringLiteral: (path) => {
      if (path.node.value === name && path.key !== 'key' && path.key !== 'property') found.push(path);
    },
  });
  return found;
}

/**
 * The field itself, where another file may use it: by its name, past the types of a private static, or with all that its
 * class has. Only the language keeps a field of instances from those who have them.
 */
export function useInOtherFile(field: NodePath, source: Source): NodePath | undefined {
  const name = keyName(field.node) ?? '';
  if (name.startsWith('#')) return undefined;
  const { node } = field;
  const isPrivate = 'accessibility' in node && node.accessibility === 'private';
  const isStatic = 'static' in node && node.static === true;
  const owner = field.findParent((each) => each.isClass());
  const className = owner?.isClass() ? owner.node.id?.name : undefined;
  if (!isPrivate || !isStatic || className === undefined || isUsedWhole(owner as NodePath, className))
    return field;
  // A file that declares a class of that name speaks of its own.
  const isOfOther = new RegExp(`\\bclass\\s+${className}\\b`);
  const others = (wanted: string) =>
    filesWith(wanted, source).flatMap((file) => {
      const text = source.project?.read(file) ?? '';
      return isOfOther.test(text) && !new RegExp(`\\b${className}\\s+as\\b`).test(text) ? [] : text;
    });
  const word = new RegExp(`\\b${name}\\b`);
  const isNamed = others(name).some((text) => text.includes(className) && word.test(text));
  return isNamed || others(className).some((text) => isTakenWhole(text, className)) ? field : undefined;
}

/** Whether something in its file is done with a class but to call a method of it, or with `this` in it. */
function isUsedWhole(owner: NodePath, className: string): boolean {
  let isWhole = false;
  const isPart = ({ parentPath: member, key }: NodePath) =>
    isMember(member) && key === 'object' && propertyName(member.node) !== undefined;
  owner.traverse({
    ThisExpression: (use) => {
      isWhole ||= !isPart(use);
    },
  });
  owner
    .findParent((each) => each.isProgram())
    ?.traverse({
      Identifier: (use) => {
        const isIt = use.node.name === className && use.isReferencedIdentifier();
        if (isIt && !use.parentPath.isExportSpecifier() && !use.parentPath.isExportDefaultDeclaration())
          isWhole ||= !isPart(use);
      },
    });
  return isWhole;
}

const STATEMENTS = /^\s*(import|export)\b[^;'"]*\bfrom\b/gm;

/** Whether the text of another file does more with a class than to take it by its name and to call methods of it. */
function isTakenWhole(text: string, className: string): boolean {
  if (new RegExp(`\\b${className}\\s+as\\b|\\bextends\\s+[\\w.]*${className}\\b`).test(text)) return true;
  const calls = text.replace(STATEMENTS, '');
  return new RegExp(`\\b${className}\\b(?!\\s*\\.\\s*\\w+\\s*\\()`).test(calls);
}
