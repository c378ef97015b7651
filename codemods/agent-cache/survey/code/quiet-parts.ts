import type * as t from '@babel/types';
import { isPresent, type Kind } from './kinds.ts';

export function isQuietClass({ superClass, body, decorators }: t.Class): boolean {
  if (superClass || (decorators ?? []).length > 0) return false;
  return body.body.every(
    (member) =>
      member.type !== 'StaticBlock' &&
      !('computed' in member && member.computed) &&
      !('static' in member && member.static && 'value' in member && member.value) &&
      !('decorators' in member && (member.decorators ?? []).length > 0),
  );
}

/** The statements of a case, without the `break` at its end. */
export function beforeBreak(statements: readonly t.Statement[]): readonly t.Statement[] {
  const last = statements.at(-1);
  return last?.type === 'BreakStatement' && !last.label ? statements.slice(0, -1) : statements;
}

export function isPrimitive(kind: Kind | undefined): boolean {
  return kind === 'text' || kind === 'number' || kind === 'flag';
}

/** Whether reading any property of a value is sure to run no code, and to find something to read from. */
export function isReadable(kind: Kind | undefined): boolean {
  return isPresent(kind) && kind !== 'call';
}

export function isPartOfGlobal(object: string, property: string | undefined): boolean {
  if (property === undefined) return false;
  if (object === 'process') return /^(env|argv|pid|platform|version|execPath)$/.test(property);
  return /^(Math|Number|Object|Array|String|JSON|Date|Symbol|Promise|console)$/.test(object);
}

/** `a?.b`, and `a?.b.c`, whose `c` is not read where `a` is missing. */
export function isOptionalAt(node: t.MemberExpression | t.OptionalMemberExpression): boolean {
  return node.type === 'OptionalMemberExpression' && node.optional;
}

/** Names that Node gives to a module beside its globals. */
export const OF_MODULES = /^(__dirname|__filename|require|module|exports|undefined)$/;
