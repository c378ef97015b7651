import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Surveyed } from '../../migration.ts';
import { bindingOf, constantBehind } from '../../survey/code/bindings.ts';
import { definitionOf } from '../../survey/code/definitions.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { typeIn } from '../../survey/code/written-types.ts';

/**
 * The places that build an instance of the class of another one, which may be an agent: `new agent.constructor()`. In a
 * file that does not name the class, what has a constructor is no agent for all that is known.
 */
export function buildsByInstances(migration: Surveyed): NodePath[] {
  const {
    program,
    text,
    options: { agentClass },
  } = migration;
  if (!/\bconstructor\b(?!\s*\()/.test(text) || !text.includes(agentClass)) return [];
  const found: NodePath[] = [];
  const note = (place: NodePath, type: NodePath | undefined) => {
    const instance = type?.node ? instanceOf(type) : undefined;
    if (instance && mayBeAgent(instance, agentClass, migration)) found.push(place);
  };
  program.traverse({
    NewExpression: (built) => note(built, built.get('callee') as NodePath),
    CallExpression(call) {
      const callee = call.get('callee') as NodePath;
      const isConstruct = isMember(callee) && propertyName(callee.node) === 'construct';
      if (isConstruct) note(call, call.get('arguments')[0] as NodePath | undefined);
    },
  });
  return found;
}

/** Whose class an expression is, where it is that of an instance: `agent` of `agent.constructor`. */
function instanceOf(type: NodePath): NodePath | undefined {
  const value = withoutTypes(type);
  if (isMember(value))
    return propertyName(value.node) === 'constructor' ? (value.get('object') as NodePath) : undefined;
  const binding = bindingOf(value);
  const declared = binding?.path.isVariableDeclarator() ? binding.path : undefined;
  const init = declared?.get('init') as NodePath | undefined;
  if (!binding?.constant || !declared || !init?.node) return undefined;
  const { id } = declared.node;
  if (id.type === 'Identifier') return init.isMemberExpression() ? instanceOf(init) : undefined;
  const isTaken =
    id.type === 'ObjectPattern' &&
    id.properties.some(
      (each) =>
        each.type === 'ObjectProperty' &&
        each.value === binding.identifier &&
        keyName(each) === 'constructor',
    );
  return isTaken ? init : undefined;
}

function mayBeAgent(instance: NodePath, agentClass: string, source: Surveyed): boolean {
  const value = withoutTypes(instance);
  if (value.isThisExpression() || value.isSuper()) {
    const owner = value.findParent((each) => each.isClass())?.node as t.Class | undefined;
    return owner?.id?.name === agentClass;
  }
  const binding = bindingOf(value);
  const written = typeIn((binding?.identifier as t.Identifier | undefined)?.typeAnnotation);
  if (written?.type === 'TSTypeReference') return (written.typeName as t.Identifier).name === agentClass;
  const found = definitionOf(value, source);
  if (found?.kind === 'instance') return (found.path.node as t.Class).id?.name === agentClass;
  if (found) return false;
  const init = (binding && constantBehind(binding)) ?? value;
  // What else is built is of that class.
  return !init.isNewExpression() && !init.isLiteral() && !init.isArrayExpression();
}
