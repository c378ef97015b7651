import type { Function as FunctionNode, Node } from '@babel/types';
import type { ModuleGraph, Origin } from '../source/module-graph.ts';
import { agentBuilder, unseenAgent } from './agents.ts';
import type { LoadedName } from '../../../codemods/agent-cache/survey/code/loaded-name.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { Exported, ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { builtin } from './builtins.ts';
import { evaluateExpression } from './expressions.ts';
import { keyText } from './key-text.ts';
import type { AgentName, Machine } from './machine.ts';
import { inAllWays, VALUES } from './in-all-ways.ts';
import { objectText } from './object-text.ts';
import type { JournaledMap } from './journal.ts';
import { listOf } from './lists.ts';
import { ofPackage } from './packages.ts';
import { assignTo, restOf } from './patterns.ts';
import { reflection } from './reflection.ts';
import type { Run } from './run.ts';
import { isMissing } from './telling.ts';
import { commonText, differs } from './tellings.ts';
import { Thrown } from './thrown.ts';
import { callUnseen } from './unseen-call.ts';
import { execute, executeAll, hoist } from './statements.ts';
import { isNullish, primitive, Scope, type Thing, truthOf, UNDEFINED, type Value } from './values.ts';

/** Expressions that may go more than one way. */
const FORKS: ReadonlySet<string> = new Set([
  'CallExpression',
  'OptionalCallExpression',
  'NewExpression',
  'LogicalExpression',
  'ConditionalExpression',
]);

/**
 * Runs the code of some modules as far as it is understood: calls, branches, objects, classes, maps. What is not
 * understood is unknown, and a branch that hangs on the unknown is taken both ways, one run after another.
 */
export class Interpreter implements Machine {
  readonly run: Run;
  readonly agent: AgentName;
  readonly graph: ModuleGraph;
  readonly #modules: JournaledMap<Scope>;
  readonly #globals: JournaledMap<Value>;
  readonly #outside: JournaledMap<Value>;

  constructor(run: Run, graph: ModuleGraph, agent: AgentName) {
    this.run = run;
    this.graph = graph;
    this.agent = agent;
    this.#modules = run.map();
    this.#globals = run.map();
    this.#outside = run.map();
  }

  /** The scopes of all modules that ran: what they reach outlives a call. */
  get modules(): Iterable<Scope> {
    const globals = new Scope(this.run.journal);
    for (const [name, value] of [...this.#globals, ...this.#outside]) globals.names.set(name, value);
    return [...this.#modules.values(), globals];
  }

  /** What the module that uses some others keeps of them, made when it is asked for first. */
  keptBy(key: string, make: () => Value): Value {
    const known = this.#globals.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#globals.set(key, made);
    return made;
  }

  /** What a module exports under a name. */
  exported(file: string, name: string): Value {
    const origin = this.graph.origin(file, name);
    return origin === undefined ? UNDEFINED : this.#valueAt(origin);
  }

  #valueAt(origin: Origin): Value {
    if ('outside' in origin) return this.#outsideValue(origin.outside, origin.name);
    const { model, exported } = origin;
    const scope = this.#module(model);
    if (this.#isBuilder(model, exported)) return agentBuilder(this.run);
    if ('specifier' in exported) return exported.name === '*' ? this.#namespace(model) : this.run.unknown();
    if ('local' in exported) return this.name(exported.local, scope);
    const { node } = exported;
    const known = scope.names.get(`=${node.start}`);
    if (known !== undefined) return known;
    const value = this.evaluate(node, scope);
    scope.names.set(`=${node.start}`, value);
    return value;
  }

  /** Whether what a module exports is the function that builds the agent. */
  #isBuilder({ file, exports }: ModuleModel, exported: Exported): boolean {
    const { agentClass, builtBy, isAgentModule } = this.agent;
    if (builtBy !== 'function' || !isAgentModule(file)) return false;
    return (exports.get(agentClass) ?? exports.get('default')) === exported;
  }

  /** Whether a package is, as a whole, the function that builds the agent, as `require` gives it. */
  #isWholeBuilder(name: string): boolean {
    return name === '*' && this.agent.builtBy === 'function';
  }

  #namespace(model: ModuleModel): Thing {
    const assigned =
      model.isCommonJs && model.exports.has('default') ? this.exported(model.file, 'default') : UNDEFINED;
    const isWhole = assigned.is === 'class' || assigned.is === 'function';
    const whole = isWhole ? assigned : this.run.thing('object');
    for (const name of model.exports.keys()) whole.properties.set(name, this.exported(model.file, name));
    return whole;
  }

  #outsideValue(specifier: string, name: string): Value {
    const key = `${specifier}\n${name}`;
    const known = this.#outside.get(key);
    if (known !== undefined) return known;
    const isAgent = this.agent.isAgentPackage(specifier);
    const value =
      isAgent && (name === this.agent.agentClass || name === 'default' || this.#isWholeBuilder(name))
        ? unseenAgent(this.run, this.agent)
        : (ofPackage(specifier, name, this) ??
          this.run.thing('unknown', { label: `${name} of ${specifier}` }));
    if (isAgent && name === '*')
      value.properties.set(this.agent.agentClass, unseenAgent(this.run, this.agent));
    this.run.remember(this.#outside, key, value);
    return value;
  }

  #module(model: ModuleModel): Scope {
    const known = this.#modules.get(model.file);
    if (known !== undefined) return known;
    const scope = new Scope(this.run.journal, true);
    this.#modules.set(model.file, scope);
    const exports = this.run.thing('object');
    scope.names.set('exports', exports);
    scope.names.set('module', this.run.thing('object', { properties: new Map([['exports', exports]]) }));
    scope.names.set('#file', primitive(model.file));
    hoist(model.program.body, scope, this);
    for (const statement of model.program.body) execute(statement, scope, this);
    return scope;
  }

  /** The value of a name where it is used. */
  name(name: string, scope: Scope): Value {
    const owner = scope.owner(name);
    if (owner !== undefined) return this.#ofRequest(name, owner) ?? owner.names.get(name) ?? UNDEFINED;
    const imported = this.#modelOf(scope)?.imports.get(name);
    if (imported !== undefined) return this.#imported(imported, scope);
    const args = name === 'arguments' ? scope.givenTo() : undefined;
    if (args !== undefined) return listOf(args, this.run);
    if (name === 'Reflect') return this.keptBy(name, () => reflection(this));
    return builtin(name, this, this.#globals) ?? this.#global(name);
  }

  /** What a request may have put into a variable of a module, as long as nothing else did. */
  #ofRequest(name: string, owner: Scope): Value | undefined {
    const { ofRequest } = this.run;
    if (ofRequest === undefined || this.agent.isOfRequest === undefined) return undefined;
    const file = owner.names.get('#file');
    if (file?.is !== 'primitive' || owner.names.get(name)?.is !== 'primitive') return undefined;
    return this.agent.isOfRequest(String(file.value), name) ? ofRequest : undefined;
  }

  #global(name: string): Value {
    const value = this.run.thing('unknown', { label: name });
    this.run.remember(this.#globals, name, value);
    return value;
  }

  fileOf(scope: Scope): string {
    const file = scope.owner('#file')?.names.get('#file');
    return file?.is === 'primitive' ? String(file.value) : '';
  }

  #modelOf(scope: Scope): ModuleModel | undefined {
    return this.graph.model(this.fileOf(scope));
  }

  #imported(imported: LoadedName, scope: Scope): Value {
    const model = this.#modelOf(scope);
    const origin = model && this.graph.imported(model.file, imported);
    return origin === undefined ? this.run.unknown() : this.#valueAt(origin);
  }

  /** What `require('x')` and `import('x')` give. */
  required(specifier: string, scope: Scope): Value {
    return this.#imported({ specifier, name: '*' }, scope);
  }

  /** Whether a condition holds; both ways, one after another, where that is not known. */
  decide(test: Node, scope: Scope): boolean {
    return this.holds(this.evaluate(test, scope));
  }

  /** The same of its value: what callers give is there, or is not for any of them. */
  holds(value: Value): boolean {
    if (value.is === 'primitive' || value.sample === undefined) return this.truth(value);
    if (value.negationOf !== undefined) return !this.holds(value.negationOf);
    const isGiven = value.part !== undefined || value.is === 'unknown';
    if (isGiven && !differs(value.sample)) return this.run.ask(`true ${value.sample}`);
    // Of two who differ in no more than whether it is so, one gives what the other does not.
    const common = commonText(value.sample);
    const isEither =
      value.declared?.type.type === 'TSBooleanKeyword' ||
      (value.is === 'unknown' && this.run.tellings.differing === common);
    const answer = isEither ? !this.run.ask(`true ${common}`) : this.truth(value);
    return this.run.answer(`true ${value.sample}`, answer);
  }

  isNullish(value: Value): boolean {
    if (value.is !== 'primitive' && value.sample !== undefined && value.part !== undefined)
      return isMissing(value, this.run);
    return isNullish(value) ?? (value.is === 'primitive' || this.run.chooseOf('nothing', value));
  }

  truth(value: Value): boolean {
    if (value.is !== 'primitive' && value.negationOf !== undefined) return !this.truth(value.negationOf);
    if (value.is !== 'primitive' && value.isChance === true) this.run.isByChance = true;
    return truthOf(value) ?? (value.is === 'primitive' || this.run.chooseOf('true', value));
  }

  bind(pattern: Node, value: Value, scope: Scope): void {
    assignTo(pattern, value, { scope, machine: this, isNew: true });
  }

  assign(target: Node, value: Value, scope: Scope): void {
    assignTo(target, value, { scope, machine: this, isNew: false });
  }

  /** The name of a property, also of a computed one whose text is known. */
  keyAt(property: Node, computed: boolean, scope: Scope): string | undefined {
    const name = writtenName(property, computed);
    if (name !== undefined || !computed) return name;
    const given = this.evaluate(property, scope);
    const value = objectText(given, this) ?? given;
    if (value.is === 'primitive') return String(value.value);
    return value.fresh !== undefined || value.reckoned !== undefined ? keyText(value) : value.sample;
  }

  /** A function with the names around it. */
  closure(node: FunctionNode, scope: Scope, self?: Value): Thing {
    return this.run.function((args, receiver) => this.invoke(node, scope, args, self ?? receiver), {
      scope,
      code: node,
    });
  }

  invoke(node: FunctionNode, outer: Scope, args: readonly Value[], self: Value): Value {
    return this.run.enter(() => {
      const scope = new Scope(outer, true);
      if (node.type !== 'ArrowFunctionExpression') {
        scope.names.set('this', self);
        scope.args = args;
      }
      // What TypeScript lets a function say of `this` is no parameter.
      const parameters = node.params.filter((each) => each.type !== 'Identifier' || each.name !== 'this');
      for (const [index, parameter] of parameters.entries()) {
        const value =
          parameter.type === 'RestElement' ? restOf(args.slice(index), this.run) : (args[index] ?? UNDEFINED);
        this.bind(parameter, value, scope);
      }
      const given = (value: Value) => (node.async ? this.run.promise(value) : value);
      if (node.body.type !== 'BlockStatement') return given(this.evaluate(node.body, scope));
      hoist(node.body.body, scope, this);
      const completion = executeAll(node.body.body, scope, this);
      if (node.generator) return this.run.unknown();
      return given(completion?.type === 'return' ? completion.value : UNDEFINED);
    });
  }

  /** Calls a value; what is not known answers with something that is not known. */
  call(callee: Value, args: Value[], self: Value): Value {
    if (callee.is === 'primitive') throw new Thrown('not a function');
    this.run.give(self, args);
    const told = callee.tells?.(args);
    if (told !== undefined) return told;
    return callee.call === undefined ? callUnseen(callee, args, this.run) : callee.call(args, self);
  }

  evaluate(node: Node, scope: Scope): Value {
    this.run.step();
    const go = () => evaluateExpression(node, scope, this);
    return FORKS.has(node.type) ? inAllWays(this.run, go, VALUES) : go();
  }
}
