import type {
  BlockStatement,
  Node,
  Statement,
  SwitchCase,
  SwitchStatement,
  VariableDeclaration,
} from '@babel/types';
import { isNode } from '../source/walk.ts';
import type { Machine } from './machine.ts';
import { inAllWays, type Joint, VALUES } from './in-all-ways.ts';
import { classOf, read } from './objects.ts';
import { binary } from './operators.ts';
import { Thrown } from './thrown.ts';
import { Scope, truthOf, UNDEFINED, type Value } from './values.ts';

type Completion = { type: 'return'; value: Value } | { type: 'break' | 'continue' } | undefined;

/** Gives the functions that are declared among statements their names, before any of those runs. */
export function hoist(statements: readonly Node[], scope: Scope, machine: Machine): void {
  for (const statement of statements) {
    const declared =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
        ? statement.declaration
        : statement;
    if (declared?.type === 'FunctionDeclaration' && declared.id)
      scope.names.set(declared.id.name, machine.closure(declared, scope));
  }
}

/** Statements that may go more than one way. */
const FORKS = /^(?:Expression|If|Try|While|DoWhile|For|ForOf|ForIn|Switch)Statement$/;

/** Runs a statement. @returns how it ends what is around it; undefined where it does not */
export function execute(statement: Node, scope: Scope, machine: Machine): Completion {
  machine.run.step();
  const go = () => executeInOneWay(statement, scope, machine);
  return FORKS.test(statement.type) ? inAllWays(machine.run, go, COMPLETIONS) : go();
}

/** The ends of statements, of which those are of one kind that go on at the same place. */
const COMPLETIONS: Joint<Completion> = {
  kindsOf: (completions, mark) => {
    const values = VALUES.kindsOf(completions.map(returned), mark);
    return completions.map((each, index) => {
      if (each?.type !== 'return') return each?.type ?? 'on';
      return values[index] === undefined ? undefined : `return ${values[index]}`;
    });
  },
  unite: (completions, isOfCaller, run) => {
    const [first] = completions;
    if (first?.type !== 'return') return first;
    return { type: 'return', value: VALUES.unite(completions.map(returned), isOfCaller, run) };
  },
};

function returned(completion: Completion): Value {
  return completion?.type === 'return' ? completion.value : UNDEFINED;
}

function executeInOneWay(statement: Node, scope: Scope, machine: Machine): Completion {
  switch (statement.type) {
    case 'ExpressionStatement':
      machine.evaluate(statement.expression, scope);
      return undefined;
    case 'VariableDeclaration':
      for (const { id, init } of statement.declarations) {
        const target = statement.kind === 'var' ? functionScope(scope) : scope;
        machine.bind(id, init ? initial(id, init, scope, machine) : UNDEFINED, target);
      }
      return undefined;
    case 'ClassDeclaration':
      if (statement.id) scope.names.set(statement.id.name, classOf(statement, scope, machine));
      return undefined;
    case 'TSModuleDeclaration':
      nameSpace(statement, scope, machine);
      return undefined;
    case 'ExportNamedDeclaration':
      return statement.declaration ? execute(statement.declaration, scope, machine) : undefined;
    case 'ExportDefaultDeclaration': {
      const { declaration } = statement;
      if (declaration.type === 'ClassDeclaration' && declaration.id)
        return execute(declaration, scope, machine);
      if (declaration.type !== 'FunctionDeclaration' && declaration.type !== 'TSDeclareFunction')
        scope.names.set(`=${declaration.start}`, machine.evaluate(declaration, scope));
      return undefined;
    }
    case 'ReturnStatement':
      return {
        type: 'return',
        value: statement.argument ? machine.evaluate(statement.argument, scope) : UNDEFINED,
      };
    case 'IfStatement': {
      const branch = machine.decide(statement.test, scope) ? statement.consequent : statement.alternate;
      return branch ? execute(branch, scope, machine) : undefined;
    }
    case 'BlockStatement':
      return executeBlock(statement, scope, machine);
    case 'TryStatement':
      return attempt(statement, scope, machine);
    case 'ThrowStatement':
      throw new Thrown('thrown');
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
      return loop(statement, scope, machine);
    case 'SwitchStatement':
      return switchOver(statement, scope, machine);
    case 'BreakStatement':
      return { type: 'break' };
    case 'ContinueStatement':
      return { type: 'continue' };
    case 'LabeledStatement':
      return execute(statement.body, scope, machine);
    default:
      return undefined;
  }
}

/** `namespace N { export const x = … }`: not known where it exports what may be set later. */
function nameSpace(
  { id, body, declare }: Extract<Node, { type: 'TSModuleDeclaration' }>,
  scope: Scope,
  machine: Machine,
): void {
  if (id.type !== 'Identifier' || declare === true || body.type !== 'TSModuleBlock') return;
  const { run } = machine;
  const inner = new Scope(scope, true);
  const known = scope.names.get(id.name);
  const made = known !== undefined && known.is !== 'primitive' ? known : run.thing('object');
  scope.names.set(id.name, made);
  hoist(body.body, inner, machine);
  for (const statement of body.body) {
    execute(statement, inner, machine);
    const exported = statement.type === 'ExportNamedDeclaration' ? statement.declaration : undefined;
    if (!exported) continue;
    if (exported.type === 'VariableDeclaration' && exported.kind !== 'const') {
      scope.names.set(id.name, run.unknown());
      return;
    }
    for (const name of declaredNames(exported)) made.properties.set(name, inner.names.get(name) ?? UNDEFINED);
  }
}

function declaredNames(declaration: Node): string[] {
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  const id = 'id' in declaration ? declaration.id : undefined;
  return id && typeof id === 'object' && 'name' in id && typeof id.name === 'string' ? [id.name] : [];
}

/** Runs statements until one of them ends what is around them, and lets go then of what they use. */
export function executeAll(statements: readonly Statement[], scope: Scope, machine: Machine): Completion {
  const used = statements.flatMap((each) => (isUsing(each) ? each.declarations : [])).reverse();
  if (used.length === 0) return executeEach(statements, scope, machine);
  try {
    return executeEach(statements, scope, machine);
  } finally {
    for (const { id } of used) dispose(id, scope, machine);
  }
}

/** `using a = …` and `await using a = …`. */
function isUsing(node: Statement): node is VariableDeclaration {
  return node.type === 'VariableDeclaration' && node.kind.endsWith('using');
}

function dispose(id: Node, scope: Scope, machine: Machine): void {
  const held = id.type === 'Identifier' ? scope.names.get(id.name) : undefined;
  if (held === undefined || held.is === 'primitive') return;
  for (const name of ['@@@dispose', '@@@asyncDispose']) {
    const disposer = read(held, name, machine);
    if (disposer.is === 'function') machine.call(disposer, [], held);
  }
}

function executeEach(statements: readonly Statement[], scope: Scope, machine: Machine): Completion {
  for (const statement of statements) {
    const completion = execute(statement, scope, machine);
    if (completion !== undefined) return completion;
  }
  return undefined;
}

function executeBlock({ body }: BlockStatement, parent: Scope, machine: Machine): Completion {
  const scope = new Scope(parent);
  hoist(body, scope, machine);
  return executeAll(body, scope, machine);
}

/** The value that a variable begins with. A class without a name has that of its variable. */
function initial(id: Node, init: Node, scope: Scope, machine: Machine): Value {
  const { agentClass, isAgentModule } = machine.agent;
  const value = machine.evaluate(init, scope);
  if (value.is === 'class' && id.type === 'Identifier' && id.name === agentClass)
    value.agent ||= isAgentModule(machine.fileOf(scope));
  return value;
}

/** Loops run once or not at all: nothing that matters here hangs on how often. */
function loop(statement: Node & { body: Statement }, parent: Scope, machine: Machine): Completion {
  const scope = new Scope(parent);
  if ('init' in statement && statement.init && statement.init.type === 'VariableDeclaration')
    execute(statement.init, scope, machine);
  if (
    'left' in statement &&
    statement.left &&
    typeof statement.left === 'object' &&
    'type' in statement.left
  ) {
    const { left } = statement;
    if (left.type === 'VariableDeclaration')
      for (const { id } of left.declarations) machine.bind(id, machine.run.unknown(), scope);
  }
  const goesIn =
    statement.type === 'DoWhileStatement' ||
    ('test' in statement && isNode(statement.test) && truthOf(machine.evaluate(statement.test, scope))) ||
    machine.run.choose();
  if (!goesIn) return undefined;
  machine.run.loops += 1;
  try {
    const completion = execute(statement.body, scope, machine);
    return completion?.type === 'return' ? completion : undefined;
  } finally {
    machine.run.loops -= 1;
  }
}

function switchOver({ cases, discriminant }: SwitchStatement, parent: Scope, machine: Machine): Completion {
  const scope = new Scope(parent);
  const start = caseOf(machine.evaluate(discriminant, parent), cases, scope, machine);
  return executeCases(cases.slice(start), scope, machine);
}

/** The number of the case that a value leads to, behind the last one where it is none. */
function caseOf(value: Value, cases: readonly SwitchCase[], scope: Scope, machine: Machine): number {
  const found = cases.findIndex(
    ({ test }) => test && machine.holds(binary('===', value, machine.evaluate(test, scope), machine)),
  );
  if (found !== -1) return found;
  const usual = cases.findIndex(({ test }) => !test);
  return usual === -1 ? cases.length : usual;
}

function executeCases(cases: readonly SwitchCase[], scope: Scope, machine: Machine): Completion {
  for (const { consequent } of cases) {
    const completion = executeAll(consequent, scope, machine);
    if (completion?.type === 'break') return undefined;
    if (completion !== undefined) return completion;
  }
  return undefined;
}

function attempt(
  { block, handler, finalizer }: Extract<Node, { type: 'TryStatement' }>,
  scope: Scope,
  machine: Machine,
): Completion {
  let completion: Completion;
  try {
    completion = executeBlock(block, scope, machine);
  } catch (error) {
    if (!(error instanceof Thrown) || !handler) throw error;
    const inner = new Scope(scope);
    if (handler.param) machine.bind(handler.param, machine.run.unknown(), inner);
    completion = executeBlock(handler.body, inner, machine);
  }
  return (finalizer ? executeBlock(finalizer, scope, machine) : undefined) ?? completion;
}

function functionScope(scope: Scope): Scope {
  return scope.isFunction || scope.parent === undefined ? scope : functionScope(scope.parent);
}
