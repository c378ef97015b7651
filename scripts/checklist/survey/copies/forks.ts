import type { Node } from '@babel/types';
import { walk } from '../../source/walk.ts';
import { OF_ONE_REQUEST } from '../given.ts';
import { isFunction, isMemberOf, lastName } from '../way-syntax.ts';
import type { Deed } from './deed.ts';
import { runsOnce } from './starts.ts';
import { importedAs, type WrittenTexts } from './written-texts.ts';

/** `cluster.fork()`, and what tells beforehand what it starts. */
export function forkOfCluster(
  of: string,
  callee: Node,
  given: readonly Node[],
  texts: WrittenTexts,
): Deed | undefined {
  if (!/^(?:node:)?cluster$/.test(of)) return undefined;
  const name = importedAs(callee, texts);
  if (name === 'fork') return { kind: 'forks', module: [] };
  return /^setup(?:Primary|Master)$/.test(name) ? { kind: 'sets-up', module: given } : undefined;
}

/** `__filename`, `process.argv[1]`, `fileURLToPath(import.meta.url)`: the program, or the file, that runs. */
export function isOwnProgram(node: Node): boolean {
  if (node.type === 'ArrayExpression')
    return node.elements.some((each) => each !== null && isOwnProgram(each));
  if (node.type === 'CallExpression' || node.type === 'NewExpression')
    return node.arguments.length === 1 && node.arguments.every(isOwnProgram);
  if (node.type === 'Identifier') return node.name === '__filename';
  if (node.type !== 'MemberExpression') return false;
  if (node.object.type === 'MetaProperty') return /^(?:url|filename)$/.test(lastName(node));
  const isFirst = node.property.type === 'NumericLiteral' && node.property.value === 1;
  return isFirst ? lastName(node.object) === 'argv' : isMemberOf(node.object, 'require', /^main$/);
}

/** What tells that a process has ended, so that another one takes its place. */
const ENDED = /^(?:exit|disconnect|close|death)$/;
/** What calls a function for each of some things, at once. */
const FOR_EACH = /^(?:forEach|map|from|then)$/;

/** Whether what is told of a request is given to a function. */
export function isOfOneRequest(node: Node): boolean {
  return isFunction(node) && node.params.some((each) => OF_ONE_REQUEST.test(lastName(each)));
}

/**
 * Whether processes are started again and again, and not as many as a server has: for a request, by what is called back,
 * or by a function that anybody may call and that does not ask which process it is in.
 */
export function isStartedAnew(ancestors: readonly Node[]): boolean {
  if (ancestors.some(isOfOneRequest)) return true;
  const isCalledBack = ancestors.some((each, index) => {
    const call = ancestors[index - 1];
    if (!isFunction(each) || call?.type !== 'CallExpression' || call.callee === each) return false;
    const [first] = call.arguments;
    const isEnd = first?.type === 'StringLiteral' && ENDED.test(first.value);
    return !isEnd && !FOR_EACH.test(lastName(call.callee));
  });
  if (isCalledBack) return true;
  return !runsOnce(ancestors) && ancestors.some(isFunction) && !asksWhichProcess(ancestors);
}

function asksWhichProcess([program]: readonly Node[]): boolean {
  let asks = false;
  if (program !== undefined)
    walk(program, (node) => {
      asks ||= node.type === 'MemberExpression' && /^is(?:Primary|Master|Worker)$/.test(lastName(node));
    });
  return asks;
}
