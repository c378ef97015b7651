import type { Node } from '@babel/types';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { walk } from '../source/walk.ts';
import { lastName, madeBy } from './makers.ts';

/** Clients of HTTP that a tree writes itself, whose `get(path, callback)` looks like that of a router. */
export interface OwnClients {
  /** Its classes, and functions that make objects, of which a method named like a verb sends a request. */
  makers: ReadonlySet<string>;
  /** What fields and parameters are made with, or typed as, by their names. */
  madeWith: ReadonlyMap<string, string>;
}

const VERB = /^(?:get|post|put|patch|delete|head|options|all)$/;
/** What sends a request, by the name at the root of a call, or the last one. */
const SENDS = /^(?:\$?fetch|ofetch|axios|got|ky|superagent|needle|undici|request|https?|XMLHttpRequest)$/;
/** Classes of packages that do so. */
const SENDER = /(?:HttpClient|RESTDataSource|Axios|HttpService|Fetcher)$/;

/** Reads them from the nodes of a module. */
export function ownClients(nodes: readonly Node[]): OwnClients {
  const makers = new Set<string>();
  const madeWith = new Map<string, string>();
  const classes = nodes.filter((node) => node.type === 'ClassDeclaration' || node.type === 'ClassExpression');
  const named = (node: Node) => {
    if ('id' in node && node.id && typeof node.id === 'object' && 'name' in node.id)
      return String(node.id.name);
    const holder = nodes.find(
      (each) =>
        (each.type === 'VariableDeclarator' && each.init === node) ||
        (each.type === 'AssignmentExpression' && each.right === node),
    );
    if (holder?.type === 'VariableDeclarator') return lastName(holder.id);
    const name = holder?.type === 'AssignmentExpression' ? lastName(holder.left) : 'exports';
    return name === 'exports' ? 'default' : name;
  };
  // Once more for each class that extends another one which is declared after it.
  for (let before = -1; before < makers.size; ) {
    before = makers.size;
    for (const node of classes)
      if (sendsByVerb(node.body) || isSender(node.superClass, makers)) makers.add(named(node));
  }
  for (const node of nodes) {
    if (isFunction(node) && !/Method/.test(node.type) && givesSender(node)) makers.add(named(node));
    if (node.type === 'ClassProperty' || node.type === 'ClassPrivateProperty')
      note(madeWith, 'name' in node.key ? String(node.key.name) : lastName(node.key), node);
    if (isFunction(node))
      for (const each of node.params) {
        const param = each.type === 'TSParameterProperty' ? each.parameter : each;
        if (param.type === 'Identifier') note(madeWith, param.name, param);
      }
    if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression')
      note(madeWith, lastName(node.left), { value: node.right });
  }
  return { makers, madeWith };
}

function note(
  madeWith: Map<string, string>,
  name: string,
  of: { value?: Node | null | undefined; typeAnnotation?: Node | null | undefined },
): void {
  const { value, typeAnnotation } = of;
  const type = typeAnnotation?.type === 'TSTypeAnnotation' ? typeAnnotation.typeAnnotation : undefined;
  if (value?.type === 'NewExpression') madeWith.set(name, lastName(value.callee));
  else if (type?.type === 'TSTypeReference') madeWith.set(name, lastName(type.typeName));
}

function isSender(parent: Node | null | undefined, makers: ReadonlySet<string>): boolean {
  const name = parent ? lastName(parent) : '';
  return makers.has(name) || SENDER.test(name);
}

/** Whether a function gives an object with such a method. */
function givesSender(fn: Node): boolean {
  let gives = false;
  walk(fn, (node) => {
    const given =
      node.type === 'ReturnStatement' ? node.argument : node === fn && 'body' in fn ? fn.body : undefined;
    if (typeof given === 'object' && given && 'type' in given && given.type === 'ObjectExpression')
      gives ||= sendsByVerb(given as Node);
  });
  return gives;
}

/** Whether a method of an object or a class that is named like a verb sends a request, and registers nothing. */
function sendsByVerb(body: Node): boolean {
  const members = 'properties' in body ? body.properties : 'body' in body ? body.body : [];
  if (!Array.isArray(members)) return false;
  const sends = new Set<string>();
  // `get(path) { return this.send('GET', path); }`
  for (let before = -1; before < sends.size; ) {
    before = sends.size;
    for (const member of members as Node[]) {
      const name = 'key' in member ? keyOf(member) : '';
      if (name !== '' && doesSend(member, sends)) sends.add(name);
    }
  }
  return [...sends].some((name) => VERB.test(name));
}

function keyOf(member: Node): string {
  if (!('key' in member)) return '';
  const key = member.key as Node;
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  return writtenName(key, 'computed' in member && member.computed === true) ?? '';
}

function doesSend(member: Node, sends: ReadonlySet<string>): boolean {
  let found = false;
  let registers = false;
  walk(member, (node) => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return;
    if (madeBy(node) !== undefined) registers = true;
    const { callee } = node;
    const isMember = callee.type === 'MemberExpression';
    if (!isMember) found ||= SENDS.test(lastName(callee));
    else if (callee.object.type === 'ThisExpression') found ||= sends.has(nameOf(callee));
    else found ||= SENDS.test(lastName(callee.object)) || lastName(callee) === 'fetch';
  });
  return found && !registers;
}

function nameOf(member: Extract<Node, { type: 'MemberExpression' }>): string {
  return member.property.type === 'PrivateName' ? `#${member.property.id.name}` : lastName(member);
}

function isFunction(node: Node): node is Node & { params: Node[] } {
  return /Function|Method/.test(node.type) && 'params' in node;
}
