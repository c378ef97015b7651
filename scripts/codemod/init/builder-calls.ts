import type { NodePath } from '@babel/traverse';
import type { CallExpression } from '@babel/types';

/** How functions are called that build a client. */
const BUILDS =
  /^(create|make|new|build|connect|open|get|init|initialize)[A-Z]?\w*(Client|Agent|Api|API|Sdk|SDK|Connection|Gateway)$|^createClient\w*$/;
/** How a function begins that builds something, and may be meant where it is given what a client needs. */
const MAY_BUILD = /^(create|make|connect|open|init|initialize)([A-Z]|$)/;
/** How static methods are called that give an instance. */
const STATIC = /^(create|init|initialize|open|connect|build|make|(for|from|getFor|with)[A-Z]\w*)$/;
/** What a client is given: where its service is, and who asks. */
const GIVEN =
  /token|secret|api_?key|(^|[^a-z])key\b|\w+Key\b|password|credential|\bsid\b|_SID\b|\burl\b|\w+Url\b|_URL\b|\buri\b|\bdsn\b|\bhost\b|process\.env/i;

/** What says so where it is all that is given: a token or a host may as well be what is asked about. */
const OF_ITSELF = /secret|key|password|credential|sid|dsn|process\.env/i;

/** Whether a call of a function of a package looks like the construction of a client. */
export function looksLikeBuilder(
  call: NodePath<CallExpression>,
  { name, specifier }: { name: string; specifier: string },
  text: string,
): boolean {
  if (!isUsedAsObject(call)) return false;
  const given = call.node.arguments.map(({ start, end }) => text.slice(start ?? 0, end ?? 0)).join(', ');
  if (BUILDS.test(name)) return true;
  if (!GIVEN.test(given)) return false;
  // `twilio(sid, token)`: the package is the function. What is awaited at once is rather a request.
  const isPackage =
    name.toLowerCase() === (specifier.split('/').at(-1) ?? '').replaceAll(/\W/g, '').toLowerCase();
  const isEnough = call.node.arguments.length > 1 || OF_ITSELF.test(given);
  return MAY_BUILD.test(name) || (isPackage && isEnough && !call.parentPath.isAwaitExpression());
}

/** The static method of a class that gives an instance, where a call is one of such. */
export function staticBuilder({ node: { callee } }: NodePath<CallExpression>): string | undefined {
  if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type !== 'Identifier')
    return undefined;
  const { object, property } = callee;
  const isStatic = /^[A-Z]/.test(object.name) && property.type === 'Identifier' && STATIC.test(property.name);
  return isStatic && property.type === 'Identifier' ? property.name : undefined;
}

/** Whether something is called or read of what a call gives, or it is kept or given on as it is. */
function isUsedAsObject(call: NodePath): boolean {
  const outer = call.parentPath?.isAwaitExpression() ? call.parentPath : call;
  const { parentPath: parent } = outer;
  if (!parent) return false;
  if (parent.isMemberExpression() && outer.key === 'object')
    return (
      parent.node.property.type !== 'Identifier' || !/^(then|catch|finally)$/.test(parent.node.property.name)
    );
  if (parent.isReturnStatement() || parent.isArrowFunctionExpression() || parent.isAssignmentExpression())
    return true;
  if (!parent.isVariableDeclarator() || parent.node.id.type !== 'Identifier') return false;
  const references = parent.scope.getBinding(parent.node.id.name)?.referencePaths ?? [];
  return references.some(({ parentPath, key }) => !(parentPath?.isCallExpression() && key === 'callee'));
}
