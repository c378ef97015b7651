import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { withTypes } from '../../survey/code/wrappers.ts';
import { textsOf } from './texts-given.ts';

type Test = (text: string, asked: string) => boolean;

/** How a text is asked for another one. */
const QUESTIONS: Record<string, Test> = {
  startsWith: (text, asked) => text.startsWith(asked),
  endsWith: (text, asked) => text.endsWith(asked),
  includes: (text, asked) => text.includes(asked),
  indexOf: (text, asked) => text.includes(asked),
};
/** Methods of a text that give it again, but for its case and its ends. */
const ALIKE = /^(toLowerCase|toUpperCase|toLocale\w+Case|trim\w*|toString|normalize)$/;

/**
 * Whether code goes by a text in a way in which it may be told from others: `message.startsWith('no key')`. Nobody can
 * tell what a message is asked that is not known, or by what that is not known.
 */
export function isForText(path: NodePath, text: string | undefined, source: Source): boolean {
  const value = withTypes(path);
  const { parentPath: parent, key } = value;
  if (!parent) return false;
  const mayBe = (other: NodePath | undefined, test: Test): boolean => {
    const asked = other && text !== undefined ? textsOf(other, source) : undefined;
    return !asked || asked.some((each) => test(text ?? '', each));
  };
  const isIt: Test = (one, other) => one === other;
  if (parent.isBinaryExpression())
    return (
      /^[!=]==?$/.test(parent.node.operator) &&
      mayBe(parent.get(key === 'left' ? 'right' : 'left') as NodePath, isIt)
    );
  if (parent.isSwitchStatement())
    return parent.get('cases').some((each) => each.node.test && mayBe(each.get('test') as NodePath, isIt));
  if (parent.isVariableDeclarator()) {
    const { id } = parent.node;
    const uses = id.type === 'Identifier' ? parent.scope.getBinding(id.name)?.referencePaths : undefined;
    return uses?.some((each) => isForText(each, text, source)) ?? false;
  }
  if (isMember(parent)) {
    const name = propertyName(parent.node) ?? '';
    const call = parent.parentPath;
    // `STATUS[error.message]`
    if (key === 'property') return true;
    if (!call?.isCallExpression() && !call?.isOptionalCallExpression()) return false;
    const [asked] = call.get('arguments') as NodePath[];
    if (ALIKE.test(name)) return isForText(call, undefined, source);
    const question = QUESTIONS[name];
    if (question) return mayBe(asked, question);
    return /^(match|search|matchAll)$/.test(name) && mayMatch(asked, text);
  }
  if ((parent.isCallExpression() || parent.isOptionalCallExpression()) && value.listKey === 'arguments') {
    const callee = parent.get('callee') as NodePath;
    if (!isMember(callee)) return false;
    const name = propertyName(callee.node) ?? '';
    if (name === 'test' || name === 'exec') return mayMatch(callee.get('object') as NodePath, text);
    return /^(includes|indexOf|has|get)$/.test(name);
  }
  return false;
}

function mayMatch(pattern: NodePath | undefined, text: string | undefined): boolean {
  if (text === undefined || !pattern?.isRegExpLiteral()) return true;
  const { node }: { node: t.RegExpLiteral } = pattern;
  try {
    return new RegExp(node.pattern, node.flags.replace(/[gy]/g, '')).test(text);
  } catch {
    return true;
  }
}
