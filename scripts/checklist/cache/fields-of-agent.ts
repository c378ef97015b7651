import type { Class, Node } from '@babel/types';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { walk } from '../source/walk.ts';
import type { Machine } from './machine.ts';
import { Scope, type Thing, UNDEFINED, type Value } from './values.ts';

/**
 * What a field of an agent holds before anything is put into it, where its class shows that: a store that begins empty, or
 * nothing, or a function. What else the agent does when it is made is its own affair, and undefined.
 */
export function fieldOfAgent(agent: Thing, name: string, machine: Machine): Value | undefined {
  for (let type = agent.parent; type !== undefined; type = type.parent) {
    const { class: node, scope } = type;
    if (node === undefined || scope === undefined || handsItselfOn(node)) return undefined;
    const [first, ...others] = initialValues(node, name);
    if (first === undefined) continue;
    if (others.length > 0 || !(beginsEmpty(first) || isCode(first))) return undefined;
    const inner = new Scope(scope, true);
    inner.names.set('this', agent);
    const value = first.type === 'ClassBody' ? UNDEFINED : machine.evaluate(first, inner);
    machine.run.remember(agent.properties, name, value);
    return value;
  }
  return undefined;
}

/** All that a class writes into a field while one of its kind is made; its body where the field is only declared. */
function initialValues({ body }: Class, name: string): Node[] {
  const written: Node[] = [];
  let isDeclared = false;
  for (const member of body.body) {
    if (member.type === 'ClassMethod' && member.kind === 'constructor') {
      for (const each of member.params) if (isFieldNamed(each, name)) written.push(each);
      walk(member.body, (inner) => {
        if (inner.type !== 'AssignmentExpression' || inner.left.type !== 'MemberExpression') return;
        const { object, property, computed } = inner.left;
        const isOwn = object.type === 'ThisExpression' && writtenName(property, computed) === name;
        if (isOwn) written.push(inner.right);
      });
    }
    if (member.type !== 'ClassProperty' && member.type !== 'ClassPrivateProperty') continue;
    if (member.static || writtenName(member.key, member.type === 'ClassProperty' && member.computed) !== name)
      continue;
    if (member.value) written.push(member.value);
    isDeclared = true;
  }
  return isDeclared && written.length === 0 ? [body] : written;
}

/** Whether what a constructor calls may write into any field: `this.reset()`, `Object.assign(this, options)`. */
function handsItselfOn({ body }: Class): boolean {
  let isHandedOn = false;
  for (const member of body.body) {
    if (member.type !== 'ClassMethod' || member.kind !== 'constructor') continue;
    walk(member.body, (inner) => {
      if (inner.type !== 'CallExpression') return;
      const { callee } = inner;
      const own = callee.type === 'MemberExpression' ? [callee.object, ...inner.arguments] : inner.arguments;
      if (own.some(({ type }) => type === 'ThisExpression')) isHandedOn = true;
    });
  }
  return isHandedOn;
}

/** `private token = ''` among the parameters of a constructor. */
function isFieldNamed(parameter: Node, name: string): boolean {
  if (parameter.type !== 'TSParameterProperty') return false;
  const named =
    parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter;
  return named.type === 'Identifier' && named.name === name;
}

function isCode({ type }: Node): boolean {
  return type === 'ArrowFunctionExpression' || type === 'FunctionExpression';
}

function beginsEmpty(node: Node): boolean {
  switch (node.type) {
    case 'ClassBody':
    case 'NullLiteral':
      return true;
    case 'Identifier':
      return node.name === 'undefined';
    case 'ObjectExpression':
      return node.properties.length === 0;
    case 'NewExpression':
      return (
        node.callee.type === 'Identifier' &&
        /^(?:Weak)?Map$|^Set$/.test(node.callee.name) &&
        node.arguments.length === 0
      );
    default:
      return false;
  }
}
