import type * as t from '@babel/types';
import { telling } from './call-expressions.ts';
import { emptiesOf } from './guards.ts';
import { makeClass, makeFunction } from './functions.ts';
import { consumed } from './iterators.ts';
import type { Machine, Site } from './machine.ts';
import { assign } from './targets.ts';
import { type Frame, join, NOTHING, only, PLAIN, plain, FROM, type Thing, type Value } from './values.ts';
import { declare, namesDeclaredIn, namesOfScope, variableOf } from './variables.ts';

/** Runs statements one after the other: their functions first, since they may be called before they stand there. */
export function executeAll(
  statements: readonly t.Statement[],
  frame: Frame,
  machine: Machine,
  module?: Thing,
): void {
  const before = machine.guards;
  const block = { type: 'BlockStatement', body: statements, directives: [] } as unknown as t.BlockStatement;
  if (module || frame.parent === undefined) declare(namesDeclaredIn(block), frame);
  for (const statement of statements) hoist(statement, frame, machine);
  for (const statement of statements) {
    execute(statement, frame, machine, module);
    // What follows on a way out is only reached where its condition was not met.
    if (statement.type === 'IfStatement' && !statement.alternate && leaves(statement.consequent)) {
      const cells = emptiesOf(statement.test, false, frame, machine);
      machine.guardBy(cells);
    }
  }
  machine.guards = before;
}

/** Runs what has names of its own: a block, a loop that declares something, a `switch`, a `catch`. */
function inScope(node: t.Node, frame: Frame, machine: Machine, run: (inner: Frame) => void): void {
  const names = namesOfScope(node);
  if (names.length === 0) {
    run(frame);
    return;
  }
  frame.blocks ??= new Map();
  const inner = frame.blocks.get(node) ?? innerBlock(frame, machine);
  frame.blocks.set(node, inner);
  declare(names, inner);
  run(inner);
  frame.returned = join(frame.returned, inner.returned);
}

function innerBlock(frame: Frame, machine: Machine): Frame {
  const code = frame.code ?? frame;
  return { ...frame, id: machine.nextId(), parent: frame, code, vars: new Map(), blocks: new Map() };
}

function leaves(statement: t.Statement): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement;
  return /^(Return|Throw|Continue|Break)Statement$/.test(last?.type ?? '');
}

function hoist(statement: t.Statement, frame: Frame, machine: Machine): void {
  const declared =
    statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
      ? statement.declaration
      : statement;
  if (declared?.type !== 'FunctionDeclaration' || !declared.id) return;
  const { name } = declared.id;
  const made = only(makeFunction(declared, frame, machine));
  // Outside of modules, a function of a block is seen in the function around it, too.
  const { code } = frame;
  const frames = code?.parent && !variableOf(name, code.parent) ? [frame, code] : [frame];
  for (const each of frames) {
    declare([name], each);
    const variable = each.vars.get(name);
    if (variable) machine.widen(variable, made);
  }
}

function execute(node: t.Statement, frame: Frame, machine: Machine, module?: Thing): void {
  if (!machine.step()) return;
  inScope(node, frame, machine, (own) => executeIn(own, node, machine, module));
}

function catchIn(handler: t.CatchClause, caught: Value, frame: Frame, machine: Machine): void {
  inScope(handler, frame, machine, (own) => {
    if (handler.param)
      assign(handler.param, join(caught, plain(FROM.plain)), own, machine, { declares: true });
    afterFailure(machine, () => execute(handler.body, own, machine));
  });
}

function executeIn(frame: Frame, node: t.Statement, machine: Machine, module?: Thing): void {
  const run = (statement: t.Statement | null | undefined) => {
    if (statement?.type === 'BlockStatement')
      inScope(statement, frame, machine, (own) => executeAll(statement.body, own, machine));
    else if (statement) executeAll([statement], frame, machine);
  };
  const evaluate = (each: t.Node | null | undefined, dropped = false) =>
    each ? machine.run.evaluate(each, frame, dropped) : NOTHING;
  switch (node.type) {
    case 'ExpressionStatement':
      evaluate(node.expression, true);
      return;
    case 'VariableDeclaration':
      for (const { id, init } of node.declarations) {
        if (init) assign(id, evaluate(init), frame, machine, { declares: true });
        const variable = node.kind === 'const' && id.type === 'Identifier' && frame.vars.get(id.name);
        if (variable && init) variable.init = init;
      }
      return;
    case 'ReturnStatement':
      if (node.argument) frame.returned = join(frame.returned, evaluate(node.argument, frame.dropped));
      return;
    case 'ThrowStatement':
      machine.thrown = join(
        machine.thrown,
        telling(node.argument.type === 'NewExpression', machine, () => evaluate(node.argument)),
      );
      return;
    case 'BlockStatement':
      executeAll(node.body, frame, machine);
      return;
    case 'IfStatement':
      evaluate(node.test);
      under(emptiesOf(node.test, true, frame, machine), machine, () => run(node.consequent));
      under(emptiesOf(node.test, false, frame, machine), machine, () => run(node.alternate));
      return;
    case 'ForStatement':
      if (node.init?.type === 'VariableDeclaration') run(node.init);
      else evaluate(node.init);
      for (let pass = 0; pass < 2; pass++) {
        evaluate(node.test);
        run(node.body);
        evaluate(node.update, true);
      }
      return;
    case 'WhileStatement':
    case 'DoWhileStatement':
      for (let pass = 0; pass < 2; pass++) {
        evaluate(node.test);
        run(node.body);
      }
      return;
    case 'ForOfStatement':
    case 'ForInStatement': {
      const of = evaluate(node.right);
      const site: Site = { node, file: frame.file, offset: node.right.start ?? 0, dropped: false, frame };
      const element =
        node.type === 'ForInStatement' ? join(PLAIN, plain(of.from)) : machine.get(of, '*', site);
      if (node.type === 'ForOfStatement') consumed(of, site, machine);
      const target = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left;
      const declares = node.left.type === 'VariableDeclaration';
      // A loop over what is kept gives one after the other: to keep one of them is to keep a position.
      for (let pass = 0; pass < 2; pass++) {
        if (target) assign(target, element, frame, machine, { declares });
        run(node.body);
      }
      return;
    }
    case 'TryStatement': {
      const outer = machine.thrown;
      if (node.handler) machine.thrown = NOTHING;
      run(node.block);
      const caught = machine.thrown;
      if (node.handler) {
        machine.thrown = outer;
        catchIn(node.handler, caught, frame, machine);
      }
      run(node.finalizer);
      return;
    }
    case 'SwitchStatement':
      evaluate(node.discriminant);
      for (const { test, consequent } of node.cases) {
        evaluate(test);
        executeAll(consequent, frame, machine);
      }
      return;
    case 'LabeledStatement':
      run(node.body);
      return;
    case 'ClassDeclaration':
      declareAs(node.id?.name, only(makeClass(node, frame, machine)), frame, machine);
      return;
    case 'TSEnumDeclaration':
      declareAs(node.id.name, only(machine.make(node, 'object', node.id.name, frame.file)), frame, machine);
      return;
    case 'TSModuleDeclaration':
      runNamespace(node, frame, machine);
      return;
    case 'TSExportAssignment':
      if (module) machine.put(module, 'module.exports', evaluate(node.expression));
      return;
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      exportOf(node, frame, machine, module);
      return;
  }
}

/** Runs a namespace, which has variables and exports of its own as a module has. */
function runNamespace({ id, body }: t.TSModuleDeclaration, frame: Frame, machine: Machine): void {
  if (id.type !== 'Identifier') return;
  const thing = machine.make(`namespace ${frame.id} ${id.name}`, 'module', id.name, frame.file, 'module');
  // Of one name there may be several, which are one.
  thing.locals ??= {
    frame: { ...frame, id: machine.nextId(), parent: frame, vars: new Map() },
    names: new Map(),
  };
  const { frame: inner } = thing.locals;
  if (body.type === 'TSModuleBlock') executeAll(body.body, inner, machine, thing);
  else {
    // `namespace Outer.Inner { … }`
    runNamespace(body, inner, machine);
    if (body.id.type === 'Identifier') thing.locals.names.set(body.id.name, body.id.name);
  }
  declareAs(id.name, only(thing), frame, machine);
}

/** Runs code that is only reached where something failed. */
function afterFailure(machine: Machine, run: () => void): void {
  const before = machine.failing;
  machine.failing = true;
  run();
  machine.failing = before;
}

function under(cells: readonly string[], machine: Machine, run: () => void): void {
  const before = machine.guards;
  machine.guardBy(cells);
  run();
  machine.guards = before;
}

function declareAs(
  name: string | undefined,
  value: ReturnType<typeof only>,
  frame: Frame,
  machine: Machine,
): void {
  if (name === undefined) return;
  declare([name], frame);
  const variable = frame.vars.get(name);
  if (variable) machine.widen(variable, value);
}

function exportOf(
  node: t.ExportNamedDeclaration | t.ExportDefaultDeclaration,
  frame: Frame,
  machine: Machine,
  module: Thing | undefined,
): void {
  const { declaration } = node;
  if (node.type === 'ExportDefaultDeclaration') {
    if (!module || !declaration) return;
    if (declaration.type === 'FunctionDeclaration' && !declaration.id)
      machine.put(module, 'default', only(makeFunction(declaration, frame, machine)));
    else if (declaration.type === 'ClassDeclaration') {
      const type = only(makeClass(declaration, frame, machine));
      declareAs(declaration.id?.name, type, frame, machine);
      machine.put(module, 'default', type);
    } else if (declaration.type === 'FunctionDeclaration')
      machine.put(module, 'default', frame.vars.get(declaration.id?.name ?? '')?.value ?? NOTHING);
    else machine.put(module, 'default', machine.run.evaluate(declaration, frame));
    return;
  }
  if (node.declaration) {
    execute(node.declaration, frame, machine);
    const declared = {
      type: 'BlockStatement',
      body: [node.declaration],
      directives: [],
    } as unknown as t.BlockStatement;
    for (const name of namesDeclaredIn(declared)) module?.locals?.names.set(name, name);
    return;
  }
  if (node.source || !module) return;
  for (const specifier of node.specifiers) {
    if (specifier.type !== 'ExportSpecifier') continue;
    const { exported, local } = specifier;
    const name = exported.type === 'Identifier' ? exported.name : exported.value;
    module.locals?.names.set(name, local.name);
  }
}
