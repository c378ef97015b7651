import type { Node } from '@babel/types';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { walk } from '../source/walk.ts';
import { givesBack, isFunction, madeWith, makerIn, NamedNodes } from './made-values.ts';
import { lastName, madeBy } from './makers.ts';

/** Clients of HTTP that a tree writes itself, and what only looks things up, whose `get(path, callback)` looks like that of a router. */
export interface OwnClients {
  /** Its classes, and functions that make objects, of which a method named like a verb is none of a router. */
  makers: ReadonlySet<string>;
  /** Functions that give what another one makes, or one of a class. */
  gives: ReadonlyMap<string, string>;
  /** Objects that are such clients themselves. */
  objects: ReadonlySet<Node>;
  /** What fields are made with, or typed as, by their names. */
  madeWith: ReadonlyMap<string, string>;
  /** The same of what stands somewhere: a parameter, a field of the class around. */
  standing: ReadonlyMap<Node, string>;
}

const VERB = /^(?:get|post|put|patch|delete|head|options|all)$/;
/** What sends a request, by the name at the root of a call, or the last one. */
const SENDS = /^(?:\$?fetch|ofetch|axios|got|ky|superagent|needle|undici|request|https?|XMLHttpRequest)$/;
/** Classes of packages that do so. */
const SENDER = /(?:HttpClient|RESTDataSource|Axios|HttpService|Fetcher)$/;
/** What a function is handed to that runs for each request. */
const REGISTERS = /^(?:get|post|put|patch|delete|head|options|all|use|route|register|on|add\w*)$/;

/** Reads them from the nodes of a module. */
export function ownClients(nodes: readonly Node[]): OwnClients {
  const named = new NamedNodes(nodes);
  const makers = new Set<string>();
  const gives = new Map<string, string>();
  const objects = new Set<Node>();
  const senders = sendersIn(nodes, named);
  const classes = nodes.filter((node) => node.type === 'ClassDeclaration' || node.type === 'ClassExpression');
  // Once more for each class that extends another one which is declared after it.
  for (let before = -1; before < makers.size; ) {
    before = makers.size;
    for (const node of classes) {
      const isOwn = isClient(node.body, senders) && (!node.superClass || sendsByVerb(node.body, senders));
      if (isOwn || isSender(node.superClass, makers)) makers.add(named.of(node));
    }
  }
  for (const node of nodes) {
    if (node.type === 'ObjectExpression' && isClient(node, senders)) objects.add(node);
    if (!isFunction(node) || /Method/.test(node.type)) continue;
    for (const given of givesBack(node)) {
      if (given.type === 'ObjectExpression' && isClient(given, senders)) makers.add(named.of(node));
      const maker = makerIn(given.type === 'Identifier' ? (named.valueOf(given.name) ?? given) : given);
      if (maker !== undefined) gives.set(named.of(node), maker);
    }
  }
  return { makers, gives, objects, ...madeWith(nodes) };
}

/** Functions of a module that send something themselves. */
function sendersIn(nodes: readonly Node[], named: NamedNodes): Set<string> {
  const senders = new Set<string>();
  for (const node of nodes)
    if (isFunction(node) && !/Method/.test(node.type) && doesSend(node, senders)) senders.add(named.of(node));
  return senders;
}

function isSender(parent: Node | null | undefined, makers: ReadonlySet<string>): boolean {
  const name = parent ? lastName(parent) : '';
  return makers.has(name) || SENDER.test(name);
}

/** Whether an object, or the body of a class, is no router for its verbs: one sends a request, or they take a key alone. */
function isClient(body: Node, senders: ReadonlySet<string>): boolean {
  return sendsByVerb(body, senders) || looksUp(body);
}

function membersOf(body: Node): readonly Node[] {
  const members = 'properties' in body ? body.properties : 'body' in body ? body.body : [];
  return Array.isArray(members) ? (members as Node[]) : [];
}

/** Whether a method of an object or a class that is named like a verb sends a request, and registers nothing. */
function sendsByVerb(body: Node, senders: ReadonlySet<string>): boolean {
  const members = membersOf(body);
  if (!members.some((member) => VERB.test(keyOf(member)))) return false;
  const sends = new Set<string>();
  // `get(path) { return this.send('GET', path); }`
  for (let before = -1; before < sends.size; ) {
    before = sends.size;
    for (const member of members) {
      const name = keyOf(member);
      const isNamed = member.type === 'ObjectProperty' && senders.has(lastName(member.value));
      if (name !== '' && (isNamed || doesSend(member, senders, sends))) sends.add(name);
    }
  }
  return [...sends].some((name) => VERB.test(name));
}

/** Whether all methods named like verbs take one thing at most, as those of stores do: no route is told by them. */
function looksUp(body: Node): boolean {
  const verbs = membersOf(body).flatMap((member) => {
    const code = 'value' in member ? (member.value as Node | null) : member;
    const isData = code === null || /^(?:New|Array|Object)Expression$|Literal$/.test(code.type);
    return VERB.test(keyOf(member)) && !isData ? [{ name: keyOf(member), code }] : [];
  });
  const takesKey = (code: Node) =>
    isFunction(code) &&
    code.params.length < 2 &&
    code.params.every(({ type }) => type !== 'RestElement') &&
    !usesArguments(code);
  return verbs.some(({ name }) => name === 'get') && verbs.every(({ code }) => takesKey(code));
}

function usesArguments(code: Node): boolean {
  let uses = false;
  walk(code, (node) => {
    uses ||= node.type === 'Identifier' && node.name === 'arguments';
  });
  return uses;
}

function keyOf(member: Node): string {
  // What `get options()` gives is no method of that name.
  if (!('key' in member) || ('kind' in member && /^[gs]et$/.test(String(member.kind)))) return '';
  return writtenName(member.key as Node, 'computed' in member && member.computed === true) ?? '';
}

function doesSend(
  code: Node,
  senders: ReadonlySet<string>,
  members: ReadonlySet<string> = new Set(),
): boolean {
  let found = false;
  let registers = false;
  const look = (node: Node): void => {
    let inside = childrenOf(node);
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const { callee } = node;
      if (madeBy(node) !== undefined) registers = true;
      if (callee.type !== 'MemberExpression')
        found ||= SENDS.test(lastName(callee)) || senders.has(lastName(callee));
      else if (callee.object.type === 'ThisExpression')
        found ||= members.has(writtenName(callee.property, callee.computed) ?? '');
      else if (SENDS.test(lastName(callee.object)) || lastName(callee) === 'fetch') found = true;
      // What runs for a request is no part of what runs here.
      else if (REGISTERS.test(lastName(callee))) inside = inside.filter((each) => !isFunction(each));
    }
    for (const each of inside) look(each);
  };
  look(code);
  return found && !registers;
}
