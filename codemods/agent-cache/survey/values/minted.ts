import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { calledFunction } from '../code/called-code.ts';
import { isMember, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { wordsOf } from '../code/words.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { givenValueOf, originsOf, rootOf } from './origins.ts';
import { isTextMethod } from './pure-calls.ts';
import { bindingOf } from '../code/bindings.ts';
import { returnedValues } from '../code/returned-values.ts';

/** How calls, and the addresses that they ask, are named where a credential is made. */
const MINTS =
  /exchange|refresh|oauth|authori[sz]e|authenticate|mint|issue|grant|log_?in|sign_?in|redeem|acquire|token|session_key|code_for/i;
/** Calls that look up what is stored. */
const LOOKS_UP =
  /^(find|get|load|lookup|look|select|query|read|retrieve|fetch|first|one|unique|by|list|decrypt|unseal|require)/i;
const STORES =
  /config|settings|\benv\b|db|database|repo|store|prisma|model|collection|knex|redis|cache|vault|users?\b|accounts?\b|shops?\b|tenants?\b|connections?\b|integrations?\b|orm|sequelize|mongo|supabase/i;
/** Calls that give something new each time. */
const MAKES = /^(sign|signJwt|createJwt|randomUUID|randomBytes|nanoid|uuid(v\d)?)$/;
const CREDENTIAL = /token|secret|key|password|credential|auth|jwt|session/i;
const SINGLE_USE = /(^|[^a-z])(auth\w*_?)?code\b|refresh_?token|device_?code|assertion/i;
/** How a part of a request is asked for by its name: `req.get('x-access-token')`, `headers.get(…)`. */
const ASKS_FOR_PART = /^(get|header|getHeader|param)$/;
const PARTS = /(^|\.)(req|request|headers|(signedC|c)ookies|session)$/i;

/** How many functions are read, one behind the other. */
const MAX_CALLS = 3;

/** The call that makes a credential, by what it does where that can be read, and by what it is called otherwise. */
export function mintedBy(origin: NodePath, given: NodePath, source: Source): NodePath | undefined {
  return minting(origin, wordsOf(given.node), source, MAX_CALLS);
}

function minting(origin: NodePath, given: string, source: Source, depth: number): NodePath | undefined {
  const root = rootOf(origin);
  if (!root.isAwaitExpression() && !root.isCallExpression()) return undefined;
  const calls = callsIn(origin).filter((call) => !isOfRequest(call));
  const first = calls.at(-1);
  if (!first) return undefined;
  const does = readMinting(first, source, depth);
  if (does !== undefined) return does ? first : undefined;
  if (calls.some((call) => MAKES.test(lastWordOf(call)))) return first;
  if (looksUp(first)) return undefined;
  const isNamed = calls.some((call) => MINTS.test(namedBy(call)));
  return isNamed || (CREDENTIAL.test(given) && calls.some(takesSingleUse)) ? first : undefined;
}

/**
 * Whether a function of the tree makes what it gives anew: each of its results comes out of a call that does. False where
 * each is read from where it is stored; undefined where that cannot be told.
 */
function readMinting(call: NodePath<t.CallExpression>, source: Source, depth: number): boolean | undefined {
  const called = depth > 0 ? calledFunction(call, source) : undefined;
  if (!called) return undefined;
  const results = resultsOf(called).map((result) => {
    const origins = originsOf(result);
    if (origins.some((each) => minting(each, wordsOf(result.node), source, depth - 1))) return true;
    return origins.some((each) => callsIn(each).some(looksUp)) ? false : undefined;
  });
  const [does] = results;
  return results.every((each) => each === does) ? does : undefined;
}

/** What a function gives, without what says that there is nothing. */
function resultsOf(fn: FunctionPath): NodePath[] {
  return returnedValues(fn).filter(
    (each) => !each.isNullLiteral() && !each.isIdentifier({ name: 'undefined' }),
  );
}

/** A code, a refresh token: what is changed into a credential once. */
function takesSingleUse(call: NodePath<t.CallExpression>): boolean {
  return call.get('arguments').some((each) => SINGLE_USE.test(wordsOf(each.node)));
}

function lastWordOf(call: NodePath<t.CallExpression>): string {
  return wordsOf(call.node.callee).split('.').at(-1) ?? '';
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
  return [wordsOf(call.node.callee), ...call.get('arguments').map(textsIn)].join(' ');
}

/** The texts of an argument: an address, `{ grant_type }`, a body that has a name or is made in place. */
function textsIn(given: NodePath): string {
  if (given.isStringLiteral()) return given.node.value;
  if (given.isTemplateLiteral()) return given.node.quasis.map(({ value }) => value.raw).join(' ');
  if (given.isIdentifier()) return textOfName(given);
  if (given.isObjectExpression()) {
    const values = given
      .get('properties')
      .flatMap((each) => (each.isObjectProperty() ? [each.get('value')] : []));
    return [wordsOf(given.node), ...values.map((each) => (each.isIdentifier() ? textOfName(each) : ''))].join(
      ' ',
    );
  }
  return given.isNewExpression() || given.isCallExpression() ? wordsOf(given.node) : '';
}

function looksUp(call: NodePath<t.CallExpression>): boolean {
  const callee = withoutTypes(call.get('callee') as NodePath);
  // What `fetch` asks is said by the address alone.
  if (callee.isIdentifier({ name: 'fetch' })) return false;
  if (!isMember(callee)) {
    const name = wordsOf(callee.node);
    // `db('tokens').where(…)`
    if (callee.isIdentifier() && STORES.test(name) && !MINTS.test(name)) return true;
    return LOOKS_UP.test(name) && !takesWhatWasSent(call);
  }
  const name = propertyName(callee.node) ?? '';
  const object = callee.get('object') as NodePath;
  return LOOKS_UP.test(name) && (STORES.test(wordsOf(object.node)) || isMap(object));
}

/** What is got from a map was put there, whatever that is called. */
function isMap(object: NodePath): boolean {
  const declared = object.isIdentifier() ? bindingOf(object)?.path : undefined;
  if (!declared?.isVariableDeclarator()) return false;
  const init = withoutTypes(declared.get('init') as NodePath);
  return init.isNewExpression() && /^(Weak)?Map$/.test(wordsOf(init.node.callee));
}

function takesWhatWasSent(call: NodePath<t.CallExpression>): boolean {
  return call.get('arguments').some((each) => /\b(body|query|code|refresh\w*)\b/i.test(wordsOf(each.node)));
}

/** The text of a name that is given one. */
function textOfName(name: NodePath<t.Identifier>): string {
  const path = bindingOf(name)?.path;
  const init = path?.isVariableDeclarator() ? path.node.init : undefined;
  return init && /^(StringLiteral|TemplateLiteral|NewExpression)$/.test(init.type) ? wordsOf(init) : '';
}
