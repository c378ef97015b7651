import type { Function as FunctionNode, Node } from '@babel/types';
import type { ModuleGraph } from '../source/module-graph.ts';
import type { Run } from './run.ts';
import type { Scope, Thing, Value } from './values.ts';

/** Which class is the agent's. */
export interface AgentName {
  agentClass: string;
  /** What builds one: `new` where it is absent, a static method of the class, or `function`, which the class's name is of. */
  builtBy?: string | undefined;
  /** Whether a class of that name in the file is the agent's. */
  isAgentModule: (file: string) => boolean;
  /** Whether the class that a package exports under that name is the agent's. */
  isAgentPackage: (specifier: string) => boolean;
  /** Whether requests set a variable of a module, each to what is its own; undefined where nobody asks for that. */
  isOfRequest?: (file: string, variable: string) => boolean;
}

/** What the parts of the interpreter ask each other. */
export interface Machine {
  readonly run: Run;
  readonly agent: AgentName;
  readonly graph: ModuleGraph;
  evaluate(node: Node, scope: Scope): Value;
  /** The value of a name where it is used. */
  name(name: string, scope: Scope): Value;
  /** What `require('x')` and `import('x')` give. */
  required(specifier: string, scope: Scope): Value;
  /** The file whose code a scope belongs to. */
  fileOf(scope: Scope): string;
  /** Takes a value apart into the names of a pattern, which become names of the scope. */
  bind(pattern: Node, value: Value, scope: Scope): void;
  assign(target: Node, value: Value, scope: Scope): void;
  /** The name of a property, also of a computed one whose text is known. */
  keyAt(property: Node, computed: boolean, scope: Scope): string | undefined;
  decide(test: Node, scope: Scope): boolean;
  /** Whether the value of a condition is true. */
  holds(value: Value): boolean;
  /** What the module that uses some others keeps of them, made when it is asked for first. */
  keptBy(key: string, make: () => Value): Value;
  /** Whether a value is `undefined` or `null`; both, one after another, where that is not known. */
  isNullish(value: Value): boolean;
  /** Whether a value is true in a condition; both, one after another, where that is not known. */
  truth(value: Value): boolean;
  closure(node: FunctionNode, scope: Scope, self?: Value): Thing;
  invoke(node: FunctionNode, outer: Scope, args: readonly Value[], self: Value): Value;
  call(callee: Value, args: Value[], self: Value): Value;
}
