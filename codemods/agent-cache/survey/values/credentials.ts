import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isMember, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { wordsOf } from '../code/words.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { isTextMethod } from './pure-calls.ts';

/**
 * Where a credential comes from that is used once: it is `minted` by a call of the same function (an exchange of a code,
 * a refresh), or it came in the request of a `login`, where it is checked for the first time.
 */
export type Passing = { kind: 'minted' | 'login'; at: NodePath };

/** How calls, and the addresses that they ask, are named where a credential is made. */
const MINTS =
  /exchange|refresh|oauth|authori[sz]e|authenticate|mint|issue|grant|log_?in|sign_?in|redeem|acquire|token|session_key|code_for/i;
/** Calls that look up what is stored. */
const LOOKS_UP =
  /^(find|get|load|lookup|look|select|query|read|retrieve|fetch|first|one|unique|by|list|decrypt|unseal|require)/i;
const STORES =
  /config|settings|\benv\b|db|database|repo|store|prisma|model|collection|knex|redis|cache|vault|users?\b|accounts?\b|shops?\b|tenants?\b|connections?\b|integrations?\b|orm|sequelize|mongo|supabase/i;
const CREDENTIAL = /token|secret|key|password|passwd|credential|auth|jwt|code|pat\b/i;
const LOGIN =
  /log-?_?in|sign-?_?in|sign-?_?up|connect|callback|oauth|\btokens?\b|\bauth\b|session|register|verify|link|install/i;
const SAVES = /^(save|create|insert|upsert|update|store|persist|put|set|add|register|link|connect)/i;
/** How a part of a request is asked for by its name: `req.get('x-access-token')`, `headers.get(…)`. */
const ASKS_FOR_PART = /^(get|header|getHeader|param)$/;
const PARTS = /(^|\.)(req|request|headers|(signedC|c)ookies|session)$/i;
/** Properties of a request that its sender fills in. */
const SENT = /^(body|query|params|rawBody)$/;

const MAX_STEPS = 8;

/** The first of the arguments that is a credential which is used once; undefined where none is seen to be. */
export function passingCredential(
  given: readonly NodePath[],
  fn: FunctionPath | undefined,
): Passing | undefined {
  for (const each of given) {
    for (const origin of originsOf(each)) {
      const minted = mintedBy(origin);
      if (minted) return { kind: 'minted', at: minted };
      if (fn && isOfLogin(origin, each, fn)) return { kind: 'login', at: origin };
    }
  }
  return undefined;
}

/** The expressions that a value is made of, behind the names that the function gives them. */
export function originsOf(path: NodePath, steps = MAX_STEPS): NodePath[] {
  const value = withoutTypes(path);
  if (steps === 0) return [value];
  const next = (each: NodePath) => originsOf(each, steps - 1);
  if (value.isObjectExpression())
    return value.get('properties').flatMap((each) => {
      if (each.isObjectProperty()) return next(each.get('value'));
      return each.isSpreadElement() ? next(each.get('argument')) : [];
    });
  if (value.isTemplateLiteral()) return (value.get('expressions') as NodePath[]).flatMap(next);
  if (value.isBinaryExpression() || value.isLogicalExpression())
    return [...next(value.get('left') as NodePath), ...next(value.get('right') as NodePath)];
  if (value.isConditionalExpression())
    return [...next(value.get('consequent')), ...next(value.get('alternate'))];
  const root = rootOf(value);
  if (!root.isIdentifier()) return [value];
  const declared = givenValueOf(root);
  return declared ? [value, ...next(declared)] : [value];
}

function rootOf(path: NodePath): NodePath {
  const value = withoutTypes(path);
  return isMember(value) ? rootOf(value.get('object') as NodePath) : value;
}

/** What a local name is given: at its declaration, or by the promise whose callback takes it. */
function givenValueOf(name: NodePath<t.Identifier>): NodePath | undefined {
  const binding = name.scope.getBinding(name.node.name);
  if (!binding || binding.scope.path.isProgram()) return undefined;
  const { path } = binding;
  if (path.isVariableDeclarator()) {
    const init = path.get('init') as NodePath;
    const later = binding.constantViolations.find((each) => each.isAssignmentExpression());
    if (init.node) return init;
    return later?.isAssignmentExpression() ? later.get('right') : undefined;
  }
  if (binding.kind !== 'param') return undefined;
  const fn = path.isFunction() ? path : path.getFunctionParent();
  const call = fn?.listKey === 'arguments' ? fn.parentPath : undefined;
  const callee = call?.isCallExpression() ? (call.get('callee') as NodePath) : undefined;
  return isMember(callee) && propertyName(callee.node) === 'then'
    ? (callee.get('object') as NodePath)
    : undefined;
}

/** The call that makes the credential, where what is awaited is named so. */
function mintedBy(origin: NodePath): NodePath | undefined {
  const isAwaited = origin.isAwaitExpression() || origin.isCallExpression();
  if (!isAwaited) return undefined;
  const calls = callsIn(origin).filter((call) => !isOfRequest(call));
  const first = calls.at(-1);
  if (!first || looksUp(first)) return undefined;
  return calls.some((call) => MINTS.test(namedBy(call))) ? first : undefined;
}

/** Whether a call only takes a part of the request, or of a text: nothing is made by it, however the part is named. */
function isOfRequest(call: NodePath<t.CallExpression>): boolean {
  const callee = withoutTypes(call.get('callee') as NodePath);
  if (!isMember(callee)) return false;
  const name = propertyName(callee.node) ?? '';
  return isTextMethod(name) || (ASKS_FOR_PART.test(name) && PARTS.test(wordsOf(callee.node.object)));
}

/** The calls of a chain, the last one first: `(await fetch(…)).json()` has two. */
function callsIn(path: NodePath): NodePath<t.CallExpression>[] {
  const value = withoutTypes(path);
  if (value.isAwaitExpression()) return callsIn(value.get('argument'));
  if (isMember(value)) return callsIn(value.get('object') as NodePath);
  if (value.isIdentifier()) {
    const declared = givenValueOf(value);
    return declared ? callsIn(declared) : [];
  }
  if (!value.isCallExpression()) return [];
  const callee = value.get('callee') as NodePath;
  return [value, ...(isMember(callee) ? callsIn(callee.get('object') as NodePath) : [])];
}

/** The words that a call says what it does by: its callee, and the texts among its arguments. */
function namedBy(call: NodePath<t.CallExpression>): string {
  const texts: string[] = [wordsOf(call.node.callee)];
  for (const each of call.get('arguments')) {
    if (each.isStringLiteral()) texts.push(each.node.value);
    if (each.isTemplateLiteral()) texts.push(...each.node.quasis.map(({ value }) => value.raw));
    if (each.isObjectExpression()) texts.push(wordsOf(each.node));
  }
  return texts.join(' ');
}

function looksUp(call: NodePath<t.CallExpression>): boolean {
  const callee = withoutTypes(call.get('callee') as NodePath);
  // What `fetch` asks is said by the address alone.
  if (callee.isIdentifier({ name: 'fetch' })) return false;
  if (!isMember(callee)) return LOOKS_UP.test(wordsOf(callee.node)) && !takesWhatWasSent(call);
  const name = propertyName(callee.node) ?? '';
  return LOOKS_UP.test(name) && STORES.test(wordsOf(callee.node.object));
}

function takesWhatWasSent(call: NodePath<t.CallExpression>): boolean {
  return call.get('arguments').some((each) => /\b(body|query|code|refresh\w*)\b/i.test(wordsOf(each.node)));
}

/** Whether a credential was sent in the body or query of a request that is there to check or to keep it. */
function isOfLogin(origin: NodePath, given: NodePath, fn: FunctionPath): boolean {
  if (!isMember(origin) || !CREDENTIAL.test(`${propertyName(origin.node) ?? ''} ${wordsOf(given.node)}`))
    return false;
  const root = rootOf(origin);
  const isSent = membersOf(origin).some((name) => SENT.test(name)) || isSentPart(root);
  return isSent && (LOGIN.test(routeOf(fn)) || isSavedIn(fn, given));
}

function membersOf(path: NodePath): string[] {
  const value = withoutTypes(path);
  if (!isMember(value)) return [];
  return [...membersOf(value.get('object') as NodePath), propertyName(value.node) ?? ''];
}

/** `const { body } = req` */
function isSentPart(root: NodePath): boolean {
  return root.isIdentifier() && SENT.test(root.node.name);
}

/** The path that a handler is registered for, and its own name. */
function routeOf(fn: FunctionPath): string {
  const call = fn.listKey === 'arguments' ? fn.parentPath : undefined;
  const [first] = call?.isCallExpression() ? call.node.arguments : [];
  const name = 'id' in fn.node && fn.node.id ? fn.node.id.name : '';
  const declarator = fn.parentPath?.isVariableDeclarator() ? wordsOf(fn.parentPath.node.id) : '';
  return [first?.type === 'StringLiteral' ? first.value : '', name, declarator].join(' ');
}

/** Whether the function stores what the agent is given. */
function isSavedIn(fn: FunctionPath, given: NodePath): boolean {
  const written = wordsOf(given.node);
  let isSaved = false;
  fn.traverse({
    CallExpression(call) {
      const callee = call.get('callee') as NodePath;
      const name = isMember(callee) ? propertyName(callee.node) : wordsOf(callee.node);
      if (!SAVES.test(name ?? '') || call.node === given.parent) return;
      isSaved ||= call.get('arguments').some((each) => wordsOf(each.node).includes(written));
    },
  });
  return isSaved;
}
