import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { classMember } from './class-members.ts';
import { isMember, type Member, propertyName } from './members.ts';
import { fileOf } from './opened-files.ts';
import { requiredModule } from './required-module.ts';
import { isTypeWrapper } from './wrappers.ts';
import { bindingOf } from './bindings.ts';
import { typeIn } from './written-types.ts';

/** Whether a value comes from a package, from the cache module or from the runtime: it is nothing of the tree's own. */
export function isForeign(value: NodePath, source: Source): boolean {
  if (isTypeWrapper(value)) return isForeign(value.get('expression') as NodePath, source);
  if (value.isAwaitExpression()) return isForeign(value.get('argument'), source);
  if (isMember(value)) {
    const object = value.get('object') as NodePath;
    return object.isThisExpression() ? isForeignField(value, source) : isForeign(object, source);
  }
  if (value.isCallExpression()) {
    const required = requiredModule(value.node);
    if (required) return isForeignModule(required.module.value, value, source);
  }
  if (value.isCallExpression() || value.isNewExpression())
    return isForeign(value.get('callee') as NodePath, source);
  return value.isIdentifier() && isForeignName(value, source);
}

function isForeignName(name: NodePath, source: Source): boolean {
  const binding = bindingOf(name);
  if (!binding) return true;
  const { path } = binding;
  const { parentPath: statement } = path;
  if (statement?.isImportDeclaration()) return isForeignModule(statement.node.source.value, path, source);
  if (binding.kind === 'param') return isOfForeignType(path, source);
  const init = binding.constant && path.isVariableDeclarator() ? (path.get('init') as NodePath) : undefined;
  return init?.node != null && isForeign(init, source);
}

/** `this.client`, where the class builds it of a package's class, or declares it as one. */
function isForeignField(member: Member, source: Source): boolean {
  const name = propertyName(member.node);
  const owner = member.findParent((each) => each.isClass());
  const field = owner?.isClass() && name !== undefined ? classMember(owner, name, false) : undefined;
  if (!field) return false;
  return field.isExpression() ? isForeign(field as NodePath, source) : isOfForeignType(field, source);
}

/** Whether a parameter or a field is declared with a type of a package. */
function isOfForeignType({ node, scope }: NodePath, source: Source): boolean {
  const declared = node.type === 'TSParameterProperty' ? node.parameter : node;
  const annotation = 'typeAnnotation' in declared ? declared.typeAnnotation : undefined;
  const type = typeIn(annotation);
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false;
  const path = scope.getBinding(type.typeName.name)?.path;
  const statement = path?.parentPath;
  if (!path || !statement?.isImportDeclaration()) return false;
  return isForeignModule(statement.node.source.value, path, source);
}

function isForeignModule(specifier: string, from: NodePath, source: Source): boolean {
  const { project } = source;
  const file = project?.resolve(fileOf(from, source), specifier);
  if (!project || file === undefined) return !specifier.startsWith('.');
  return file.includes('/node_modules/') || project.isCacheFile(file);
}
