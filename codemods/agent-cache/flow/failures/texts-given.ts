import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { bindingOf } from '../../survey/code/bindings.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { readValue } from '../../survey/values/value-reader.ts';

/** What a function is given by a call of it, which may stand in another function that is given something. */
export interface Given {
  fn: FunctionPath | undefined;
  args: readonly NodePath[];
  outer: Given | undefined;
}

/** How many functions stand around it that are given something. */
export function depthOf(given: Given | undefined): number {
  return given ? 1 + depthOf(given.outer) : 0;
}

/** All texts that an expression may come to, through constants and what its function is given; undefined for others. */
export function textsOf(expression: NodePath, source: Source, given?: Given): readonly string[] | undefined {
  const value = withoutTypes(expression);
  if (value.isConditionalExpression())
    return together([value.get('consequent'), value.get('alternate')], source, given);
  if (value.isLogicalExpression()) return together([value.get('left'), value.get('right')], source, given);
  // `this.name = new.target.name` is the name of the class.
  if (isMember(value) && propertyName(value.node) === 'name') {
    const object = value.get('object') as NodePath;
    const isClass = isMember(object) && propertyName(object.node) === 'constructor';
    if (isClass || object.isMetaProperty()) return [];
  }
  const binding = bindingOf(value);
  if (binding?.kind === 'param') {
    const index = (given?.fn?.node.params as t.Node[] | undefined)?.indexOf(binding.path.node) ?? -1;
    if (!given || index < 0 || !binding.constant) return undefined;
    const arg = given.args[index];
    if (given.args.slice(0, index + 1).some((each) => each.isSpreadElement())) return undefined;
    const fallback = binding.path.isAssignmentPattern() ? binding.path.get('right') : defaultOf(binding.path);
    const texts = arg ? textsOf(arg, source, given.outer) : [];
    if (!fallback) return arg ? texts : [];
    const others = textsOf(fallback, source, given);
    return texts && others && [...texts, ...others];
  }
  const read = readValue(value, source);
  if (!('text' in read)) return undefined;
  // What is compared with a number may as well be one in a text.
  if (/^-?\d+$/.test(read.text)) return [read.text];
  return /^".*"$/.test(read.text) ? [JSON.parse(read.text) as string] : undefined;
}

/** `readonly code = 'ENOKEY'` of a constructor. */
function defaultOf(param: NodePath): NodePath | undefined {
  const parameter = param.isTSParameterProperty() ? param.get('parameter') : undefined;
  return parameter?.isAssignmentPattern() ? parameter.get('right') : undefined;
}

function together(values: readonly NodePath[], source: Source, given?: Given): string[] | undefined {
  const all = values.map((each) => textsOf(each, source, given));
  return all.every((each) => each !== undefined) ? all.flat() : undefined;
}
