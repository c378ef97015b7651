import type * as t from '@babel/types';
import type { Machine, Site } from './machine.ts';
import { generatorOf } from './iterators.ts';
import { assign, nameOfKey } from './targets.ts';
import { type Frame, join, NOTHING, only, type Thing, type Value } from './values.ts';
import { declare, namesDeclaredIn, namesIn } from './variables.ts';

/** How deep calls may be nested; what lies deeper is not known. */
const MAX_DEPTH = 40;

/** The function that some code makes where it runs. */
export function makeFunction(node: t.Function, frame: Frame, machine: Machine, home?: Thing): Thing {
  const name = 'id' in node && node.id?.type === 'Identifier' ? node.id.name : '';
  const thing = machine.make(node, 'function', name, frame.file, machine.epoch, frame.id);
  thing.code ??= { node, frame, ...(home ? { home } : {}) };
  return thing;
}

/** What `f.prototype` is. */
export function prototypeOf(fn: Thing, machine: Machine): Thing {
  return machine.prototypeOf(fn);
}

/** The class that some code declares: its prototype holds the methods, and its fields are set when one is built. */
export function makeClass(node: t.Class, frame: Frame, machine: Machine): Thing {
  const name = node.id?.name ?? 'class';
  const type = machine.make(node, 'class', name, frame.file, machine.epoch, frame.id);
  if (type.code) return type;
  const prototype = prototypeOf(type, machine);
  type.code = { node, frame, home: prototype };
  if (node.superClass) inherit(type, prototype, machine.run.evaluate(node.superClass, frame), machine);
  // Static members name the class itself.
  const inner = innerFrame(frame, only(type), type, machine);
  if (node.id) inner.vars.set(node.id.name, { value: only(type) });
  type.code.frame = inner;
  for (const member of node.body.body) {
    const isStatic = 'static' in member && member.static === true;
    const target = isStatic ? type : prototype;
    if (member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod') {
      if (member.kind === 'constructor') continue;
      const key = nameOfKey(member.key, 'computed' in member && member.computed, frame, machine);
      const fn = makeFunction(member, inner, machine, target);
      if (member.kind === 'method') machine.put(target, key, only(fn));
      else target.accessors.set(key, { ...target.accessors.get(key), [member.kind]: fn });
    } else if (member.type === 'StaticBlock') runStaticBlock(member, inner, machine);
    else if (isStatic && 'value' in member && member.value) {
      const key = nameOfKey(
        member.key as t.Node,
        'computed' in member && member.computed === true,
        frame,
        machine,
      );
      machine.put(type, key, machine.run.evaluate(member.value, inner));
    }
  }
  return type;
}

function runStaticBlock({ body }: t.StaticBlock, around: Frame, machine: Machine): void {
  const frame = innerFrame(around, around.self, around.home, machine);
  for (const each of body) declare(namesDeclaredIn(each), frame);
  machine.run.execute(body, frame);
}

/** Lets a class, or a function that builds, inherit from another. */
export function inherit(type: Thing, prototype: Thing, above: Value, machine: Machine): void {
  for (const parent of above.things.keys()) {
    if (parent.kind === 'class' || parent.kind === 'function') {
      type.proto = parent;
      prototype.proto = prototypeOf(parent, machine);
    } else
      prototype.base = parent.base ?? (parent.kind === 'native' ? `native ${parent.label}` : parent.label);
  }
  if (above.things.size === 0) prototype.base = 'unknown';
}

function innerFrame(parent: Frame, self: Value, home: Thing | undefined, machine: Machine): Frame {
  return {
    id: machine.nextId(),
    epoch: machine.epoch,
    file: parent.file,
    region: parent.region,
    parent,
    vars: new Map(),
    self,
    home,
    args: [],
    returned: NOTHING,
    dropped: false,
  };
}

interface Run {
  frame: Frame;
  round: number;
}

/** Runs functions, each once for what it is given. */
export class Functions {
  /** Counts the rounds: each runs everything anew, with what the one before has found out. */
  round = 0;
  readonly #machine: Machine;
  readonly #runs = new Map<string, Run>();
  #depth = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** Runs a function of the code, and gives what it returns; what a promise is resolved with stands for it. */
  invoke(fn: Thing, self: Value, args: readonly Value[], site: Site): Value {
    const machine = this.#machine;
    const { code } = fn;
    if (!code || code.node.type === 'ClassDeclaration' || code.node.type === 'ClassExpression')
      return NOTHING;
    const { node } = code;
    const isArrow = node.type === 'ArrowFunctionExpression';
    const given = [...(code.bound?.args ?? []), ...args];
    const own = isArrow ? code.frame.self : (code.bound?.self ?? self);
    const key = [
      fn.id,
      machine.epoch,
      signature(own),
      ...given.map(signature),
      machine.guards.join(),
      machine.failing,
      site.dropped,
    ].join('|');
    const known = this.#runs.get(key);
    const result = (frame: Frame) =>
      node.generator ? generatorOf(frame.returned, site, machine) : frame.returned;
    if (known?.round === this.round) return result(known.frame);
    if (this.#depth >= MAX_DEPTH) {
      machine.exhausted = true;
      return join(...given);
    }
    const frame = known?.frame ?? this.#frame(code.frame, own, code.home, given, site.dropped);
    this.#runs.set(key, { frame, round: this.round });
    this.#depth += 1;
    const { isTold } = machine;
    // It is run once for what it is given, whoever asks: for a line of a log, or for more.
    machine.isTold = false;
    this.#runBody(node, frame, given);
    machine.isTold = isTold;
    this.#depth -= 1;
    return result(frame);
  }

  #frame(
    parent: Frame,
    self: Value,
    home: Thing | undefined,
    args: readonly Value[],
    dropped: boolean,
  ): Frame {
    const { epoch } = this.#machine;
    const region = epoch === 'module' ? 'module' : 'instance';
    const around = home ?? parent.home;
    return { ...innerFrame(parent, self, around, this.#machine), region, args, dropped };
  }

  #runBody(node: t.Function, frame: Frame, args: readonly Value[]): void {
    const machine = this.#machine;
    const names: string[] = [];
    for (const param of paramsOf(node)) namesIn(param, names);
    declare(names, frame);
    declare(namesDeclaredIn(node.body), frame);
    bindParams(node, frame, args, machine);
    if (node.body.type === 'BlockStatement') machine.run.execute(node.body.body, frame);
    else frame.returned = join(frame.returned, machine.run.evaluate(node.body, frame, frame.dropped));
  }

  /** Runs the constructors of a class and of those above it on an instance, and gives what they return in its place. */
  initialise(type: Thing, instance: Value, args: readonly Value[], site: Site): Value {
    const machine = this.#machine;
    const { code } = type;
    if (!code) return NOTHING;
    if (code.node.type !== 'ClassDeclaration' && code.node.type !== 'ClassExpression')
      return this.invoke(type, instance, args, site);
    const built = code.node.body.body.find(
      (member): member is t.ClassMethod => member.type === 'ClassMethod' && member.kind === 'constructor',
    );
    const fields = { ...innerFrame(code.frame, instance, code.home, machine), region: 'instance' as const };
    const above = type.proto?.code ? type.proto : undefined;
    if (!built) {
      const made = above ? this.initialise(above, instance, args, site) : NOTHING;
      this.#setFields(code.node, fields);
      return made;
    }
    if (!code.node.superClass) this.#setFields(code.node, fields);
    const frame = this.#frame(code.frame, instance, code.home, args, false);
    frame.built = { type, instance };
    this.#runBody(built, frame, args);
    if (code.node.superClass) this.#setFields(code.node, fields);
    return frame.returned;
  }

  #setFields(node: t.Class, frame: Frame): void {
    const machine = this.#machine;
    for (const member of node.body.body) {
      const isField =
        member.type === 'ClassProperty' ||
        member.type === 'ClassPrivateProperty' ||
        member.type === 'ClassAccessorProperty';
      if (!isField || member.static || !member.value) continue;
      const name = nameOfKey(member.key, 'computed' in member && member.computed === true, frame, machine);
      const value = machine.run.evaluate(member.value, frame);
      for (const thing of frame.self.things.keys()) machine.put(thing, name, value);
    }
  }
}

function bindParams(node: t.Function, frame: Frame, args: readonly Value[], machine: Machine): void {
  for (const [index, param] of paramsOf(node).entries()) {
    if (param.type === 'RestElement') {
      const rest = machine.make(param, 'array', '', frame.file, machine.epoch, frame.id);
      machine.put(rest, '*', join(...args.slice(index)));
      assign(param.argument, only(rest), frame, machine, { declares: true });
      continue;
    }
    const given = args[index];
    const declared = param.type === 'TSParameterProperty' ? param.parameter : param;
    assign(declared, given ?? NOTHING, frame, machine, { declares: true });
    if (param.type !== 'TSParameterProperty') continue;
    const inner = param.parameter.type === 'AssignmentPattern' ? param.parameter.left : param.parameter;
    if (inner.type !== 'Identifier') continue;
    const value = frame.vars.get(inner.name)?.value ?? NOTHING;
    for (const thing of frame.self.things.keys()) machine.put(thing, inner.name, value);
  }
}

/** Without the `this` that TypeScript lets a function declare. */
function paramsOf({ params }: t.Function): t.Function['params'] {
  return params.filter((param) => !(param.type === 'Identifier' && param.name === 'this'));
}

function signature({ things, from }: Value): string {
  const ids = [...things].map(([{ id }, reach]) => id * 4 + reach);
  return `${ids.sort((a, b) => a - b).join(',')}/${from}`;
}
