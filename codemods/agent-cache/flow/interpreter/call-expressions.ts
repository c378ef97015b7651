import type * as t from '@babel/types';
import {
  handsErrorOn,
  isErrorMade,
  isLogCall,
  makesText,
  onlyWritesDown,
} from '../../survey/code/log-calls.ts';
import { borrowedArguments, methodOfLiteral } from './borrowed-calls.ts';
import { calledOn } from './called-on.ts';
import { callMember } from './calls.ts';
import { prototypeOf } from './functions.ts';
import type { Machine, Site } from './machine.ts';
import { nameOfKey } from './targets.ts';
import { unwrapped } from '../../source/unwrapped.ts';
import { CALLERS, type Frame, join, NOTHING, plain, type Value } from './values.ts';
import { variableOf } from './variables.ts';

type Call = t.CallExpression | t.OptionalCallExpression;

/** What a call is of, by how it is written, and what it gives. */
export function callOf(node: Call, frame: Frame, machine: Machine, dropped: boolean): Value {
  const { callee } = node;
  const site: Site = { node, file: frame.file, offset: node.start ?? 0, dropped, frame };
  const isLog = dropped && isLogCall(node);
  const given = (called: Value) => {
    const isTold = isLog ? writesDown(called) : machine.isTold && makesText(node);
    return telling(isTold || handsErrorOn(node), machine, () => argumentsOf(node.arguments, frame, machine));
  };
  if (callee.type === 'Import') {
    const [source] = node.arguments;
    return source?.type === 'StringLiteral' ? machine.run.imported(source.value, '*', frame.file) : NOTHING;
  }
  if (callee.type === 'Super') {
    const args = argumentsOf(node.arguments, frame, machine);
    const built = builtBy(frame);
    const above = built?.type.proto;
    if (built && above) machine.run.initialise(above, built.instance, args, site);
    return NOTHING;
  }
  const member = unwrapped(callee);
  if (member.type === 'MemberExpression' || member.type === 'OptionalMemberExpression') {
    const inner = unwrapped(member.object);
    if (inner.type === 'MemberExpression' || inner.type === 'OptionalMemberExpression') calledOn.add(inner);
    const name = nameOfKey(member.property, member.computed, frame, machine);
    const method = /^(call|apply|bind)$/.test(name) ? methodOfLiteral(inner, frame, machine) : undefined;
    if (method !== undefined) {
      const { self, args } = borrowedArguments(
        name,
        argumentsOf(node.arguments, frame, machine),
        site,
        machine,
      );
      return callMember(self, method, args, site, machine);
    }
    // `this.http.auth(token).commit();`: what is dropped at the end is used nowhere before.
    const isChained = dropped && !/^(then|catch|finally)$/.test(name);
    const isDropped = isChained || (dropped && name !== 'then');
    const receiver = telling(isLog || machine.isTold, machine, () =>
      machine.run.evaluate(member.object, frame, isDropped),
    );
    const args = given(methodsOf(receiver, name, machine));
    const self = member.object.type === 'Super' ? frame.self : undefined;
    return telling(false, machine, () => callMember(receiver, name, args, site, machine, self));
  }
  if (callee.type === 'Identifier' && callee.name === 'require' && !variableOf('require', frame)) {
    const [source] = node.arguments;
    if (source?.type === 'StringLiteral') return machine.run.imported(source.value, '*', frame.file);
  }
  const fn = machine.run.evaluate(callee, frame);
  const args = given(fn);
  // Code of a caller's text may do anything.
  const isCode = callee.type === 'Identifier' && callee.name === 'eval' && !variableOf('eval', frame);
  const from = isCode ? machine.taintOf(...args) & CALLERS : 0;
  if (from !== 0)
    machine.noteUnknown({ name: 'eval', from, dropped: true, file: site.file, offset: site.offset });
  if (callee.type === 'Identifier' && inherits(callee.name, args, machine)) return NOTHING;
  return telling(false, machine, () => machine.run.call(fn, NOTHING, args, site));
}

/** The class whose constructor runs, with its instance. */
export function builtBy(frame: Frame): Frame['built'] {
  for (let each: Frame | undefined = frame; each; each = each.parent) if (each.built) return each.built;
  return undefined;
}

/** What compiled code calls to let a class inherit. */
function inherits(name: string, [type, above]: readonly Value[], machine: Machine): boolean {
  if (!/^_{0,2}(extends|inherits|inheritsLoose)$/.test(name) || !type || !above) return false;
  for (const own of type.things.keys()) {
    for (const parent of above.things.keys()) {
      own.proto = parent;
      if (parent.code) prototypeOf(own, machine).proto = prototypeOf(parent, machine);
      else
        prototypeOf(own, machine).base = parent.kind === 'native' ? `native ${parent.label}` : parent.label;
    }
  }
  return true;
}

function argumentsOf(nodes: readonly t.Node[], frame: Frame, machine: Machine): Value[] {
  return nodes.flatMap((node) => {
    const value = machine.run.evaluate(node, frame);
    return node.type === 'SpreadElement' ? [value, value, value] : [value];
  });
}

export function newOf(node: t.NewExpression, frame: Frame, machine: Machine): Value {
  const site: Site = { node, file: frame.file, offset: node.start ?? 0, dropped: false, frame };
  const type = machine.run.evaluate(node.callee, frame);
  const args = telling(machine.isTold && isErrorMade(node), machine, () =>
    argumentsOf(node.arguments, frame, machine),
  );
  return telling(false, machine, () => machine.run.construct(type, args, site));
}

/** Whether all functions of the code that a call may run do no more than to write down what they are given. */
function writesDown({ things }: Value): boolean {
  return [...things.keys()].every(({ code }) => !code || onlyWritesDown(code.node));
}

function methodsOf(receiver: Value, name: string, machine: Machine): Value {
  const found = [...receiver.things.keys()].map((each) => machine.holderOf(each, name)?.props.get(name));
  return join(...found.filter((each) => each !== undefined));
}

/** Runs some code whose values are only written down, or are not. */
export function telling<Result>(isTold: boolean, machine: Machine, run: () => Result): Result {
  const before = machine.isTold;
  machine.isTold = isTold;
  const result = run();
  machine.isTold = before;
  return result;
}

export function taggedOf(
  node: t.TaggedTemplateExpression,
  frame: Frame,
  machine: Machine,
  dropped: boolean,
): Value {
  const site: Site = { node, file: frame.file, offset: node.start ?? 0, dropped, frame };
  const args = [plain(0), ...argumentsOf(node.quasi.expressions, frame, machine)];
  const { tag } = node;
  if (tag.type !== 'MemberExpression')
    return machine.run.call(machine.run.evaluate(tag, frame), NOTHING, args, site);
  const name = nameOfKey(tag.property, tag.computed, frame, machine);
  return callMember(machine.run.evaluate(tag.object, frame), name, args, site, machine);
}
