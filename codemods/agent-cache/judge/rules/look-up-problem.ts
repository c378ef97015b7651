import type { NodePath } from '@babel/traverse';
import type { Problem, Source } from '../../migration.ts';
import { reason } from '../../reasons/reason.ts';
import { bindingOf } from '../../survey/code/bindings.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import { packageOf } from '../../survey/code/package-of.ts';
import { isMember, isWritten, propertyName } from '../../survey/code/members.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { wordsOf } from '../../survey/code/words.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import type { Construction } from '../../survey/modules/own-construction.ts';
import { originsOf, rootOf } from '../../survey/values/origins.ts';
import { isPureFunction, isTextMethod } from '../../survey/values/pure-calls.ts';

/** What a credential is called, or an address that holds one. */
const CREDENTIAL = /token|secret|key|password|passwd|credential|auth|jwt|\bpat\b|sid|url|uri|dsn/i;
/** How methods are called that find out for whom to build. */
const FINDS = /(^for|^by|^of|For|By|Of)[A-Z]|^(get|find|load|fetch|lookUp|lookup|resolve)/;
/** How values are called that only name somebody. */
const NAMES = /(^|[a-z_.\s])(ids?|slug|e?mail|name|handle|domain)$/i;

/** By what packages and methods a client of HTTP is made of its settings. */
const MAKES_CLIENTS =
  /^(axios|got|ky|ofetch|request|request-promise(-native)?|superagent|needle|wretch) (create|extend|defaults|agent|Axios)$/;

/** A builder that looks up what it builds with: that changes while the key, a name or an id, stays the same. */
export function lookUpProblem(place: Construction, source: Source): Problem | undefined {
  if (!place.isCallExpression()) return undefined;
  const { agentClass, builtBy } = source.options;
  const name = builtBy === 'function' ? agentClass : `${agentClass}.${builtBy}`;
  const found = calledDefinition(place.get('callee') as NodePath, source);
  if (found?.kind !== 'function')
    return mayLookUp(place, builtBy === 'function' ? agentClass : (builtBy ?? ''))
      ? reason('key-may-be-looked-up', [], { name })
      : undefined;
  let lookUp: NodePath | undefined;
  found.path.traverse({
    NewExpression(built) {
      const origins = (built.get('arguments') as NodePath[]).flatMap((each) => originsOf(each));
      lookUp ??= origins.find((each) => isLookedUp(each, source));
    },
  });
  return lookUp && reasonAt('key-looked-up', lookUp, source, { name });
}

/** Whether a builder that nobody can read is given nothing but a name of whom it builds for. */
function mayLookUp(place: NodePath, builder: string): boolean {
  const given = place.get('arguments') as NodePath[];
  const said = given.flatMap((each) => [each, ...originsOf(each)]).map((each) => wordsOf(each.node));
  if (CREDENTIAL.test(builder) || said.some((words) => CREDENTIAL.test(words))) return false;
  const named = given.map(withoutTypes).filter((each) => !each.isLiteral() && !each.isObjectExpression());
  if (named.length === 0) return false;
  return FINDS.test(builder) || named.every((each) => isName(each));
}

/** `req.params.shop`, `user.id`, `shopId` */
function isName(value: NodePath): boolean {
  return originsOf(value).some((each) => {
    const words = isMember(each) ? (propertyName(each.node) ?? '') : wordsOf(each.node);
    return NAMES.test(words) || /\.(params|query)\b/.test(wordsOf(each.node));
  });
}

/** Whether a part of a value is what something gave that may give another one tomorrow. */
function isLookedUp(origin: NodePath, source: Source): boolean {
  if (origin.isAwaitExpression()) return true;
  if (origin.isCallExpression()) {
    const callee = origin.get('callee') as NodePath;
    if (isMember(callee) && isTextMethod(propertyName(callee.node)))
      return originsOf(callee.get('object') as NodePath).some((each) => isLookedUp(each, source));
    const given = (origin.get('arguments') as NodePath[]).flatMap((each) => originsOf(each));
    if (given.some((each) => isLookedUp(each, source))) return true;
    if (isClientMadeThere(origin)) return false;
    // What is not told for whom gives all the same: a logger, a pool.
    return !isConversion(callee, source) && given.some(isOfCaller);
  }
  return isOfStore(origin);
}

/** `axios.create({ headers })` of settings that are written out there, which goes to nothing else than the construction. */
function isClientMadeThere(call: NodePath): boolean {
  const callee = call.get('callee') as NodePath;
  if (!isMember(callee)) return false;
  const maker = `${packageOf(rootOf(callee))} ${propertyName(callee.node)}`;
  const settings = call.get('arguments') as NodePath[];
  if (!MAKES_CLIENTS.test(maker) || !settings.every((each) => each.isObjectExpression())) return false;
  const { parentPath: parent } = call;
  if (!parent?.isVariableDeclarator()) return parent?.isNewExpression() === true;
  const { id } = parent.node;
  const uses = id.type === 'Identifier' ? parent.scope.getBinding(id.name)?.referencePaths : undefined;
  return uses?.every((use) => use.parentPath?.isNewExpression() || isInterceptor(use)) === true;
}

/** `http.interceptors.request.use(…)`, which looks up what it adds at each call. */
function isInterceptor({ parentPath: member, key }: NodePath): boolean {
  return isMember(member) && key === 'object' && propertyName(member.node) === 'interceptors';
}

/** Whether a function makes nothing but another form of what it is given: `Buffer.from(token)`, a helper of the tree. */
function isConversion(callee: NodePath, source: Source): boolean {
  const root = rootOf(callee);
  if (root.isIdentifier() && !root.scope.hasBinding(root.node.name, true)) return true;
  const called = calledDefinition(callee, source);
  return called?.kind === 'function' && isPureFunction(called.path);
}

/** Whether a value follows from what its function was given. */
function isOfCaller(origin: NodePath): boolean {
  const root = rootOf(origin);
  return root.isIdentifier() && bindingOf(root)?.kind === 'param';
}

/** `tokens[shop]`, of an object at the top of a module that is not written out there for good. */
function isOfStore(member: NodePath): boolean {
  if (!isMember(member) || !member.node.computed || propertyName(member.node) !== undefined) return false;
  const root = rootOf(member);
  const binding = root.isIdentifier() ? bindingOf(root) : undefined;
  if (!binding?.scope.path.isProgram()) return false;
  const init = binding.path.isVariableDeclarator()
    ? withoutTypes(binding.path.get('init') as NodePath)
    : undefined;
  const isTable = init?.isObjectExpression() === true && init.node.properties.length > 0;
  const isSet = () =>
    binding.referencePaths.some(({ parentPath }) => isMember(parentPath) && isWritten(parentPath));
  return !isTable || !binding.constant || isSet();
}
