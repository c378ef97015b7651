import type { NodePath } from '@babel/traverse';
import { isMember, propertyName } from '../code/members.ts';
import type { Source } from '../../migration.ts';
import type { FunctionPath } from '../code/placement.ts';
import { wordsOf } from '../code/words.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { mintedBy } from './minted.ts';
import { originsOf, rootOf } from './origins.ts';

/**
 * Where a credential comes from that is used once: it is `minted` by a call of the same function (an exchange of a code,
 * a refresh), or it came in the request of a `login`, where it is checked for the first time.
 */
export type Passing = { kind: 'minted' | 'login'; at: NodePath };

const CREDENTIAL = /token|secret|key|password|passwd|credential|auth|jwt|code|pat\b/i;
const LOGIN =
  /log-?_?in|sign-?_?in|sign-?_?up|connect|callback|oauth|\btokens?\b|\bauth\b|session|register|verify|link|install/i;
const SAVES = /^(save|create|insert|upsert|update|store|persist|put|set|add|register|link|connect)/i;
/** Properties of a request that its sender fills in. */
const SENT = /^(body|query|params|rawBody)$/;

/** The first of the arguments that is a credential which is used once; undefined where none is seen to be. */
export function passingCredential(
  given: readonly NodePath[],
  fn: FunctionPath | undefined,
  source: Source,
): Passing | undefined {
  for (const each of given) {
    for (const origin of originsOf(each)) {
      const minted = mintedBy(origin, each, source);
      if (minted) return { kind: 'minted', at: minted };
      if (fn && isOfLogin(origin, each, fn)) return { kind: 'login', at: origin };
    }
  }
  return undefined;
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
