import type * as t from '@babel/types';
import { VISITOR_KEYS } from '@babel/types';

/** Whether a function only builds the agent that it returns, or does more. */
export type BuilderWork = 'builds' | 'does more';

/** What is known to build agents, where a function is asked about. */
interface Names {
  agentClass: string;
  statics: ReadonlyMap<string, BuilderWork>;
  functions: ReadonlyMap<string, BuilderWork>;
}

/** What a function does that returns a new agent; undefined for one that does not, or that keeps what it returns. */
export function workOfBuilder(fn: t.Function, names: Names): BuilderWork | undefined {
  const returned = returnedBy(fn);
  const locals = localsOf(fn);
  if (!returned.some((value) => isNew(value, locals, names))) return undefined;
  if (storesAgent(fn, locals, names)) return undefined;
  const [only, ...others] = fn.body.type === 'BlockStatement' ? fn.body.body : [];
  const isPlain =
    fn.body.type !== 'BlockStatement' || (only?.type === 'ReturnStatement' && others.length === 0);
  const [value] = returned;
  return isPlain && value && plain(value).type !== 'ConditionalExpression' ? 'builds' : 'does more';
}

function returnedBy(fn: t.Function): t.Expression[] {
  if (fn.body.type !== 'BlockStatement') return [fn.body];
  return nodesIn(fn.body).flatMap((node) =>
    node.type === 'ReturnStatement' && node.argument ? [node.argument] : [],
  );
}

/** What the variables of a function are given, by name. */
function localsOf(fn: t.Function): ReadonlyMap<string, t.Expression[]> {
  const locals = new Map<string, t.Expression[]>();
  const declared = new Set<string>();
  for (const node of nodesIn(fn.body)) {
    const [name, value] = given(node);
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') declared.add(node.id.name);
    if (name !== undefined && value) locals.set(name, [...(locals.get(name) ?? []), value]);
  }
  return new Map([...locals].filter(([name]) => declared.has(name)));
}

function given(node: t.Node): [string | undefined, t.Expression | null | undefined] {
  if (node.type === 'VariableDeclarator')
    return [node.id.type === 'Identifier' ? node.id.name : undefined, node.init];
  if (node.type !== 'AssignmentExpression') return [undefined, undefined];
  return [node.left.type === 'Identifier' ? node.left.name : undefined, node.right];
}

type Locals = ReadonlyMap<string, readonly t.Expression[]>;

function isNew(value: t.Node, locals: Locals, names: Names, steps = 8): boolean {
  if (steps === 0) return false;
  const of = (each: t.Node) => isNew(each, locals, names, steps - 1);
  const node = plain(value);
  if (node.type === 'ConditionalExpression') return of(node.consequent) || of(node.alternate);
  if (node.type === 'LogicalExpression') return of(node.left) || of(node.right);
  if (node.type === 'SequenceExpression') return node.expressions.slice(-1).some(of);
  if (node.type === 'Identifier') return (locals.get(node.name) ?? []).some(of);
  if (node.type === 'NewExpression') return isOwnClass(node.callee, names);
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  if (callee.type === 'Identifier') return names.functions.has(callee.name);
  if (callee.type !== 'MemberExpression') return false;
  const name = nameOf(callee.property);
  if (isOwnClass(callee.object, names)) return names.statics.has(name);
  if (name === 'then' || name === 'finally')
    return node.arguments.some((each) => isFunction(each) && returnedBy(each).some(of)) || of(callee.object);
  const isPassing =
    callee.object.type === 'Identifier' &&
    /^(Promise\.resolve|Object\.(assign|freeze|seal))$/.test(`${callee.object.name}.${name}`);
  return isPassing && node.arguments.slice(0, 1).some(of);
}

function isFunction(node: t.Node): node is t.Function {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

function nameOf(property: t.Node): string {
  if (property.type === 'PrivateName') return property.id.name;
  return property.type === 'Identifier' ? property.name : '';
}

/** `this` of a static member, or the class by its name. */
function isOwnClass(node: t.Node, { agentClass }: Names): boolean {
  return node.type === 'ThisExpression' || (node.type === 'Identifier' && node.name === agentClass);
}

/** Whether a function puts an agent where it finds it again: `getInstance` and its like give the same one to all. */
function storesAgent(fn: t.Function, locals: Locals, names: Names): boolean {
  return nodesIn(fn.body).some((node) => {
    if (node.type !== 'AssignmentExpression') return false;
    const { left, right } = node;
    const isKept = left.type === 'MemberExpression' || (left.type === 'Identifier' && !locals.has(left.name));
    return isKept && isNew(right, locals, names);
  });
}

/** An expression without what does not change its value: `await`, types, parentheses. */
function plain(node: t.Node): t.Node {
  if (node.type === 'AwaitExpression') return plain(node.argument);
  const isWrapper = /^TS(As|Satisfies|NonNull)Expression$|^(TSTypeAssertion|ParenthesizedExpression)$/.test(
    node.type,
  );
  return isWrapper && 'expression' in node && typeof node.expression === 'object' && node.expression !== null
    ? plain(node.expression as t.Node)
    : node;
}

/** The nodes of a body, without those of functions in it. */
function nodesIn(body: t.Node): t.Node[] {
  const found: t.Node[] = [];
  const pending: t.Node[] = [body];
  for (let node = pending.pop(); node; node = pending.pop()) {
    found.push(node);
    if (node !== body && /Function|Method/.test(node.type)) continue;
    for (const key of VISITOR_KEYS[node.type] ?? []) {
      const child: unknown = node[key as keyof typeof node];
      pending.push(...([child].flat() as (t.Node | null | undefined)[]).filter((each) => each != null));
    }
  }
  return found;
}
