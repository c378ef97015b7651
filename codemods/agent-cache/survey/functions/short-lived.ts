import type { Binding, NodePath } from '@babel/traverse';
import { isHandler, looksLikeRequest, registrationOf } from './handlers.ts';
import { isMember, keyName, propertyName } from '../code/members.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { bindingOf } from '../code/bindings.ts';

/** What lives no longer than a request: something that travels with it, or an object of the function's own. */
export type ShortLived = { kind: 'request' } | { kind: 'local'; binding: Binding };

/** Parts of a request, or of a response, that outlive it. */
export const OUTLIVES = /^(app|session|socket|server|global)$/;
/** Contexts may be those of an app; only a handler's own are a request's. */
const CONTEXT = /^_?(ctx|context|c)$/i;

/**
 * What an expression is, where that lives no longer than the request: `req`, `res.locals`, another name for those, an
 * object that the function at `place` made. Undefined for everything else.
 */
export function shortLived(expression: NodePath, place: NodePath = expression): ShortLived | undefined {
  const value = withoutTypes(expression);
  if (isMember(value)) {
    if (OUTLIVES.test(propertyName(value.node) ?? '')) return undefined;
    return shortLived(value.get('object') as NodePath, place) && { kind: 'request' };
  }
  const binding = bindingOf(value);
  if (!binding) return undefined;
  const isOwn = binding.scope.getFunctionParent()?.block === place.getFunctionParent()?.node;
  if (binding.kind === 'param') return isOfRequest(binding, isOwn) ? { kind: 'request' } : undefined;
  const { path } = binding;
  if (!path.isVariableDeclarator()) return isOwn ? { kind: 'request' } : undefined;
  const init = path.get('init') as NodePath;
  if (!init.node) return undefined;
  if (/^(Object|Array|New)Expression$/.test(withoutTypes(init).node.type))
    return isOwn ? { kind: 'local', binding } : undefined;
  const named = binding.constant && isOtherName(binding) ? shortLived(init, place) : undefined;
  return named && path.node.id.type === 'ObjectPattern' ? { kind: 'request' } : named;
}

function isOfRequest({ identifier, scope: { path } }: Binding, isOwn: boolean): boolean {
  const { name } = identifier;
  if (looksLikeRequest(name)) return isOwn || (!CONTEXT.test(name) && path.isFunction() && isHandler(path));
  // Whatever a handler that is registered calls the first two that it is given.
  const isEither = isOwn && path.isFunction() && path.node.params.slice(0, 2).includes(identifier);
  return isEither && registrationOf(path) !== undefined;
}

/** `const r = req as Known`, `const { locals } = res` */
function isOtherName({ path, identifier }: Binding): boolean {
  if (!path.isVariableDeclarator()) return false;
  const { id } = path.node;
  if (id.type !== 'ObjectPattern') return id.type === 'Identifier';
  const picked = id.properties.find((each) => each.type === 'ObjectProperty' && each.value === identifier);
  return picked !== undefined && !OUTLIVES.test(keyName(picked) ?? '');
}
