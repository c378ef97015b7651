import path from 'node:path';
import type { Node } from '@babel/types';
import { childrenOf } from '../../../../codemods/agent-cache/source/children.ts';
import { withoutExtension } from '../../../../codemods/agent-cache/source/specifiers.ts';
import type { ModuleGraph } from '../../source/module-graph.ts';
import type { Detection } from '../../detector.ts';
import { walk } from '../../source/walk.ts';
import { isFunction, lastName } from '../way-syntax.ts';
import { HOLE, withoutParameters } from './holes.ts';
import type { WrittenTexts } from './written-texts.ts';

const RUNS_A_SCRIPT = /(?:^|\s)(?:npm|pnpm|yarn|bun|node)\s+(?:run\s+|--run[\s=])?([\w:.-]+)/g;

/** The texts that a call is given, also within lists and objects, each as it is written. */
export function textsWithin(
  nodes: readonly Node[],
  texts: WrittenTexts,
  around: readonly Node[],
  depth = 0,
): string[] {
  if (depth > 4) return [];
  return nodes.flatMap((node): string[] => {
    const within = (inner: readonly Node[]) => textsWithin(inner, texts, around, depth + 1);
    if (node.type === 'ArrayExpression') return within(node.elements.filter((each) => each !== null));
    if (node.type === 'SpreadElement') return within([node.argument]);
    if (node.type === 'ObjectExpression')
      return within(node.properties.flatMap((each) => (each.type === 'ObjectProperty' ? [each.value] : [])));
    const held = node.type === 'Identifier' ? texts.behind(node.name).values : [];
    const lists = held.filter(({ type }) => type === 'ArrayExpression' || type === 'ObjectExpression');
    return lists.length > 0 ? within(lists) : texts.of(node, around);
  });
}

/** The files of a tree that a command, or the path of a program, starts. */
export function programsIn(
  command: string,
  from: string,
  { graph, detection, root }: { graph: ModuleGraph; detection: Detection; root: string },
  depth = 0,
): string[] {
  const { project } = detection;
  const base = project.packageRootOf(from) ?? root;
  const scripts = scriptsOf(project.read(path.join(base, 'package.json')));
  const named = [...command.matchAll(RUNS_A_SCRIPT)].flatMap(([, name = '']) => scripts[name] ?? []);
  const files = withoutParameters(command)
    .split(/[\s'"`=;()]+/)
    .flatMap((word) => {
      const known =
        word
          .replace(/^file:\/\//, '')
          .split(HOLE)
          .at(-1) ?? '';
      if (!/[./]/.test(known)) return [];
      if (!word.includes(HOLE))
        return [
          ...(word.startsWith('.') ? [graph.resolve(from, word)] : []),
          ...[base, root].map((folder) => graph.resolve(from, path.resolve(folder, known))),
        ].filter((each) => each !== undefined);
      const end = path.posix.normalize(`/${known}`).replace(/^(?:\/\.\.)+/, '');
      return /\w\.[cm]?[jt]sx?$/.test(end)
        ? [...detection.read]
            .filter((each) => withoutExtension(`/${each}`).endsWith(withoutExtension(end)))
            .map((each) => path.join(root, each))
        : [];
    });
  const inner =
    depth > 2
      ? []
      : named.flatMap((each) =>
          programsIn(each, path.join(base, 'package.json'), { graph, detection, root }, depth + 1),
        );
  return [...new Set([...files, ...inner])];
}

function scriptsOf(text: string | undefined): Record<string, string> {
  try {
    const { scripts } = JSON.parse(text ?? '{}') as { scripts?: Record<string, string> };
    return scripts ?? {};
  } catch {
    return {};
  }
}

/**
 * Whether what stands somewhere runs once in a process: it is kept in what is asked for first, or only the top of its
 * module calls the function around it.
 *
 * @param ancestors what is around it, the module first
 */
export function runsOnce(ancestors: readonly Node[]): boolean {
  const outermost = ancestors.findIndex(isFunction);
  if (outermost === -1 || isKept(ancestors)) return true;
  const [program] = ancestors;
  const around = ancestors[outermost - 1];
  const code = ancestors[outermost];
  if (program === undefined || code === undefined) return false;
  if (around?.type === 'CallExpression') return around.callee === code;
  if (ancestors.some(({ type }) => type.startsWith('Export'))) return false;
  const name =
    code.type === 'FunctionDeclaration'
      ? code.id?.name
      : around?.type === 'VariableDeclarator'
        ? lastName(around.id)
        : undefined;
  return name !== undefined && name !== '' && isCalledByTopAlone(name, program);
}

/** `held ??= …`, or `held = …` where the function asks for `held` too. */
function isKept(ancestors: readonly Node[]): boolean {
  const code = ancestors.findLast(isFunction);
  const kept = ancestors.findLast(({ type }) => type === 'AssignmentExpression');
  if (code === undefined || kept?.type !== 'AssignmentExpression') return false;
  const name = lastName(kept.left);
  if (name === '' || kept.right.type === 'AssignmentExpression') return false;
  if (/^(?:\?\?|\|\|)=$/.test(kept.operator)) return true;
  let isAsked = false;
  walk(code, (node) => {
    if (node.type === 'IfStatement' || node.type === 'ConditionalExpression')
      isAsked ||= names(node.test, name);
    if (node.type === 'LogicalExpression') isAsked ||= names(node.left, name);
  });
  return isAsked;
}

function names(test: Node, name: string): boolean {
  let found = false;
  walk(test, (node) => {
    found ||= lastName(node) === name;
  });
  return found;
}

/** Whether nothing but calls at the top of a module uses a name. */
function isCalledByTopAlone(name: string, program: Node): boolean {
  let calls = 0;
  let others = 0;
  const enter = (node: Node, isTop: boolean, isOwn: boolean): void => {
    if (node.type === 'Identifier' && node.name === name && !isOwn) others += 1;
    const isCall = isTop && node.type === 'CallExpression' && lastName(node.callee) === name;
    if (isCall) calls += 1;
    const isDeclaring = node.type === 'FunctionDeclaration' || node.type === 'VariableDeclarator';
    for (const child of childrenOf(node))
      enter(
        child,
        isTop && !isFunction(node),
        (isCall && child === node.callee) || (isDeclaring && child === node.id),
      );
  };
  enter(program, true, false);
  return calls > 0 && others === 0;
}
