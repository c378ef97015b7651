import type { Class, Node } from '@babel/types';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import type { ModuleGraph } from '../source/module-graph.ts';
import { walk } from '../source/walk.ts';
import type { AgentFound } from './find-agent.ts';
import { isOwnKind, isReflected } from './may-build.ts';
import { toldName } from './told-name.ts';
import { isMemberOf, wrapped } from './way-syntax.ts';

/** A member by its name, where that is told, with the code that it runs. */
type Member = readonly [name: string | undefined, code: Node];

/** Which methods of an agent construct another one. */
export interface BuildingMethods {
  names: ReadonlySet<string>;
  /** Whether a method may be one, of a name or of whatever name: what only a run shows could be any that the class has not. */
  mayBe: (name: string | undefined) => boolean;
}

/**
 * The methods of the agent's class that construct one of its kind: its own, those of the classes that it extends, and
 * those that are put into their prototypes.
 */
export function buildingMethods(
  graph: ModuleGraph,
  { declaredIn }: AgentFound,
  agentClass: string,
): BuildingMethods {
  const members: Member[] = [];
  const seen = new Set<string>();
  const enter = (model: ModuleModel | undefined, name: string): void => {
    if (model === undefined || seen.has(`${model.file}\n${name}`)) return;
    seen.add(`${model.file}\n${name}`);
    walk(model.program, (node) => {
      const named: Named = (key, computed) => toldName(key, computed === true, model, graph);
      members.push(...membersAt(node, name, named));
      const parent = isClassNamed(node, name) ? node.superClass : undefined;
      if (parent?.type !== 'Identifier') return;
      const imported = model.imports.get(parent.name);
      const origin = imported && graph.imported(model.file, imported);
      if (origin === undefined) enter(model, parent.name);
      else if ('model' in origin)
        enter(origin.model, 'local' in origin.exported ? origin.exported.local : parent.name);
    });
  };
  for (const file of declaredIn) enter(graph.model(file), agentClass);
  const found = new Set<string>();
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const [name, code] of members)
      if (name !== undefined && (constructs(code, agentClass) || callsOwn(code, found))) found.add(name);
  }
  const isUntold = members.some(
    ([name, code]) => name === undefined && (constructs(code, agentClass) || callsOwn(code, found)),
  );
  const told = new Set(members.map(([name]) => name));
  return {
    names: found,
    mayBe: (name) =>
      name === undefined ? isUntold || found.size > 0 : found.has(name) || (isUntold && !told.has(name)),
  };
}

/** How a member is called, as far as that is told. */
type Named = (key: Node, computed?: boolean) => string | undefined;

/** Whether code calls one of some methods of its own object. */
function callsOwn(code: Node, names: ReadonlySet<string>): boolean {
  let calls = false;
  walk(code, (inner) => {
    if (inner.type !== 'CallExpression' || inner.callee.type !== 'MemberExpression') return;
    const { object, property, computed } = inner.callee;
    if (object.type === 'ThisExpression') calls ||= names.has(writtenName(property, computed) ?? '');
  });
  return calls;
}

function isClassNamed(node: Node, name: string): node is Class {
  return (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') && node.id?.name === name;
}

/** The members that a node gives the instances of a class of that name. */
function membersAt(node: Node, name: string, named: Named): Member[] {
  if (isClassNamed(node, name)) return node.body.body.flatMap((each) => membersOf(each, named));
  if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
    const { object, property, computed } = node.left;
    return isMemberOf(wrapped(object) ?? object, name, /^prototype$/)
      ? [[named(property, computed), node.right]]
      : [];
  }
  if (node.type !== 'CallExpression' || !isMemberOf(node.callee, 'Object', /^assign$/)) return [];
  const [target, ...sources] = node.arguments;
  if (target === undefined || !isMemberOf(wrapped(target) ?? target, name, /^prototype$/)) return [];
  return sources.flatMap((each) =>
    each.type === 'ObjectExpression' ? each.properties.flatMap((member) => membersOf(member, named)) : [],
  );
}

function membersOf(member: Node, named: Named): Member[] {
  switch (member.type) {
    case 'ClassMethod':
      return member.static || member.kind === 'constructor'
        ? []
        : [[named(member.key, member.computed), member.body]];
    case 'ClassProperty':
      return member.static || !member.value ? [] : [[named(member.key, member.computed), member.value]];
    case 'ObjectMethod':
      return [[named(member.key, member.computed), member.body]];
    case 'ObjectProperty':
      return [[named(member.key, member.computed), member.value]];
    default:
      return [];
  }
}

function constructs(code: Node, agentClass: string): boolean {
  let isSo = false;
  walk(code, (inner) => {
    const built =
      inner.type === 'NewExpression' ? inner.callee : isReflected(inner) ? inner.arguments[0] : undefined;
    isSo ||= built !== undefined && isOwnKind(built, agentClass);
  });
  return isSo;
}
