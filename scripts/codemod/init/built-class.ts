import type { NodePath } from '@babel/traverse';
import type { CallExpression, Class, NewExpression } from '@babel/types';
import type { Source } from '../../../codemods/agent-cache/migration.ts';
import { calledDefinition } from '../../../codemods/agent-cache/survey/code/definitions.ts';
import { fileOf } from '../../../codemods/agent-cache/survey/code/opened-files.ts';
import { requiredModule } from '../../../codemods/agent-cache/survey/code/required-module.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { pickedAs } from './picked-as.ts';

/** What a place builds, by the name and the module that are to be told to the codemod. */
export interface BuiltClass {
  name: string;
  /** The file that declares it, where that is one of the tree. */
  file: string | undefined;
  specifier: string;
  /** It is the whole of its module, or the default of that, to which each file gives a name of its own. */
  isWhole?: boolean;
  /** Its own code shows that it holds or tells something, and talks to nobody. */
  isValue: boolean;
  /** Its declaration, where that is in the tree. */
  declared?: NodePath<Class>;
}

/** What the base of a class is called whose instances are thrown, read from, or hold values. */
const NO_CLIENT_BASE =
  /(Error|Exception|Event|Readable|Writable|Duplex|Transform|PassThrough|Stream|Map|Set|Array|Promise|Date)$/;
/** How many classes may extend each other. */
const MAX_STEPS = 8;

/** The class or the function of another file that a place builds by; undefined where the name comes from nowhere. */
export function builtClass(
  place: NodePath<NewExpression | CallExpression>,
  source: Source,
  builtBy: string,
): BuiltClass | undefined {
  const builder = builderOf(place, builtBy);
  if (!builder) return builtBy === 'function' ? ofNamespace(place, source) : undefined;
  const imported = moduleOf(builder, builder.node.name);
  if (!imported) return undefined;
  const { specifier, name } = imported;
  const direct = source.project?.resolve(source.path, specifier);
  const definition = builtBy === 'function' ? undefined : calledDefinition(builder, source);
  if (definition?.kind !== 'class')
    return {
      name,
      specifier,
      file: specifier.startsWith('.') ? direct : undefined,
      isWhole: imported.isDefault,
      isValue: false,
    };
  const declared = definition.path;
  const file = fileOf(declared, source);
  // Past a barrel, and by default, a class goes by the name that it is declared with.
  const isNamed = file === direct && !imported.isDefault;
  return {
    name: isNamed ? name : (declared.node.id?.name ?? name),
    specifier,
    file,
    isValue: isDataAlone(declared.node) || extendsNoClient(declared, source),
    declared,
  };
}

/** A function that a place calls of a whole module: `sdk.createClient(…)`. */
function ofNamespace(
  place: NodePath<NewExpression | CallExpression>,
  source: Source,
): BuiltClass | undefined {
  const callee = place.get('callee') as NodePath;
  if (!callee.isMemberExpression() || callee.node.computed) return undefined;
  const object = callee.get('object');
  const { property } = callee.node;
  if (!object.isIdentifier() || property.type !== 'Identifier') return undefined;
  const specifier = wholeModule(object, object.node.name);
  if (specifier === undefined) return undefined;
  const file = specifier.startsWith('.') ? source.project?.resolve(source.path, specifier) : undefined;
  return { name: property.name, specifier, file, isValue: false };
}

/** The module that a name is the whole of: a namespace, or what is required without a name. */
function wholeModule(place: NodePath, local: string): string | undefined {
  const declared = place.scope.getBinding(local)?.path;
  const parent = declared?.parent;
  if (declared?.isImportNamespaceSpecifier() && parent?.type === 'ImportDeclaration')
    return parent.source.value;
  if (!declared?.isVariableDeclarator() || declared.node.id.type !== 'Identifier') return undefined;
  const required = requiredModule(declared.node.init);
  return required?.property === undefined ? required?.module.value : undefined;
}

/** The name that a place builds by: of a class, or of a function. */
function builderOf(place: NodePath<NewExpression | CallExpression>, builtBy: string) {
  const callee = place.get('callee') as NodePath;
  if (builtBy === 'new' || builtBy === 'function') return callee.isIdentifier() ? callee : undefined;
  if (!callee.isMemberExpression() || callee.node.computed) return undefined;
  const object = callee.get('object');
  const { property } = callee.node;
  return object.isIdentifier() && property.type === 'Identifier' && property.name === builtBy
    ? object
    : undefined;
}

/** The module and the exported name behind a local one, imported or required. */
function moduleOf(
  place: NodePath,
  local: string,
): { name: string; specifier: string; isDefault: boolean } | undefined {
  const declared = place.scope.getBinding(local)?.path;
  const parent = declared?.parent;
  if (parent?.type === 'ImportDeclaration') {
    const imported = declared?.isImportSpecifier() ? writtenName(declared.node.imported) : undefined;
    const isDefault = declared?.isImportDefaultSpecifier() === true || imported === 'default';
    if (!isDefault && imported === undefined) return undefined;
    return { name: isDefault ? local : (imported ?? local), specifier: parent.source.value, isDefault };
  }
  if (!declared?.isVariableDeclarator()) return undefined;
  const required = requiredModule(declared.node.init);
  if (!required) return undefined;
  const { id } = declared.node;
  const picked = id.type === 'ObjectPattern' ? pickedAs(id, local) : required.property;
  return { name: picked ?? local, specifier: required.module.value, isDefault: picked === undefined };
}

/** Whether a class has fields or is given something, and does nothing with it. */
function isDataAlone({ superClass, body: { body } }: Class): boolean {
  if (superClass || body.length === 0) return false;
  return body.every(
    (member) =>
      (member.type === 'ClassMethod' && (member.kind !== 'method' || member.static)) ||
      ((member.type === 'ClassProperty' || member.type === 'ClassPrivateProperty') &&
        !/^(ArrowFunctionExpression|FunctionExpression|CallExpression|NewExpression)$/.test(
          member.value?.type ?? '',
        )),
  );
}

function extendsNoClient(declared: NodePath<Class>, source: Source, steps = MAX_STEPS): boolean {
  const parent = declared.get('superClass') as NodePath;
  if (steps === 0 || !parent.node) return false;
  const name = parent.isIdentifier()
    ? parent.node.name
    : parent.isMemberExpression()
      ? writtenName(parent.node.property, parent.node.computed)
      : undefined;
  const definition = calledDefinition(parent, source);
  if (definition?.kind === 'class') return extendsNoClient(definition.path, source, steps - 1);
  return name !== undefined && NO_CLIENT_BASE.test(name);
}
