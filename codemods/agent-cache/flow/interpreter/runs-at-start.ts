import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import { bindingOf, constantBehind } from '../../survey/code/bindings.ts';
import { loadedBy } from '../../survey/code/loaded-by.ts';
import { isMember } from '../../survey/code/members.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { programAround } from '../../survey/code/program-around.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { calledNameOf } from '../../survey/functions/calls-by-name.ts';
import { calledName } from '../../survey/functions/later-callbacks.ts';

/** Modules of Node whose functions call what they are given once, with what they were asked for. */
const ANSWERS_ONCE = /^(node:)?(fs|child_process|dns|crypto|zlib|os|timers)$/;
/** Packages that read a command line. */
const COMMANDS = /^(commander|yargs|cac|sade|@caporal\/core|@oclif\/core|vorpal|clipanion|citty)(\/|$)/;
/** Events that tell, once, that something can be used. */
const READY = /^(ready|connect|connected|open|loaded|listening|initialized)$/;
/** How steps of a database's life are named, and where they stand. */
const STEP = /^(up|down|run|seed|default)$/;
const STEPS = /(^|\/)(migrations?|seeds?|seeders?)\//;
/** How functions are named that only who loads them would call. */
const SETTER = /^(set|reset|clear|override|update)[A-Z]\w*$/;
const OF_REQUEST = /^(req|request|ctx|context|event|user|session|next|call|socket|job|msg|message)$/;
/** How many names may lie between a function and the package that it is of. */
const MAX_NAMES = 8;

/** Whether a call has a function that it is given run once it has an answer, for a command line, or when all is ready. */
export function runsAtStart(call: NodePath<t.CallExpression>, fn: FunctionPath): boolean {
  const callee = call.get('callee') as NodePath;
  const module = moduleBehind(callee, MAX_NAMES) ?? '';
  if (ANSWERS_ONCE.test(module)) return !/^(watch\w*|on|once|addListener)$/.test(calledName(call));
  if (COMMANDS.test(module)) return /^(action|command|handler|defineCommand)$/.test(calledName(call));
  const [event] = call.node.arguments;
  const isOnce = /^(once|on)$/.test(calledName(call)) && fn.node.params.length === 0;
  return isOnce && event?.type === 'StringLiteral' && READY.test(event.value);
}

/** The call that is given an object of a command with the function: `.command({ command: 'run', handler })`. */
export function commandGiven(fn: FunctionPath): NodePath<t.CallExpression> | undefined {
  const object = fn.isObjectMethod() ? fn.parentPath : fn.parentPath?.parentPath;
  const call = object?.isObjectExpression() && object.listKey === 'arguments' ? object.parentPath : undefined;
  return call?.isCallExpression() && runsAtStart(call, fn) && calledName(call) !== 'on' ? call : undefined;
}

/** Whether a function that nobody names is one that only who is at the machine runs, or nobody. */
export function isRunByHand(fn: FunctionPath, source: Reading): boolean {
  const file = fileOf(fn, source);
  const name = calledNameOf(fn) ?? '';
  if ((source.project?.dependentsOf(file) ?? []).length > 0) return false;
  const isOfRequest = fn.node.params.some(
    ({ type, ...param }) => type === 'Identifier' && 'name' in param && OF_REQUEST.test(param.name),
  );
  return (
    (SETTER.test(name) && !isOfRequest) ||
    (STEP.test(name) && STEPS.test(file)) ||
    (name === 'handler' && isCommand(fn))
  );
}

/** `export const command = 'run'` beside a `handler` */
function isCommand(fn: FunctionPath): boolean {
  const binding = programAround(fn).scope.getBinding('command');
  return binding?.path.parentPath?.parentPath?.isExportNamedDeclaration() === true;
}

/** The module that a function is of, behind what is made and chained: `commander` of `new Command().action`. */
function moduleBehind(path: NodePath, names: number): string | undefined {
  const value = withoutTypes(path);
  if (isMember(value)) return moduleBehind(value.get('object') as NodePath, names);
  if (value.isCallExpression() || value.isNewExpression())
    return moduleBehind(value.get('callee') as NodePath, names);
  const binding = bindingOf(value);
  if (!binding) return undefined;
  const loaded = loadedBy(binding);
  if (loaded) return loaded.specifier;
  const init = constantBehind(binding);
  return init && names > 0 ? moduleBehind(init, names - 1) : undefined;
}
