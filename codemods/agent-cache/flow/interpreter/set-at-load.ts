import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { bindingOf, constantBehind } from '../../survey/code/bindings.ts';
import { commonJsTarget } from '../../survey/code/exports.ts';
import { loadedBy } from '../../survey/code/loaded-by.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { programOf } from './reading-of.ts';

/** A package, and a file of the tree that uses it. */
export interface PackageInTree {
  root: string;
  specifier: string;
  from: string;
}

const sources = new OncePerProject<readonly string[]>();

/**
 * Whether a package does something only while files load, though in a function: `Sdk.initialize(platform)`, which both
 * the package and the tree call at the top of files alone, or nowhere.
 */
export function isDoneAtLoad(offset: number, file: string, around: PackageInTree, project: Project): boolean {
  const known = new Map<string, boolean>();
  let found: boolean | undefined;
  programOf(file, project)?.traverse({
    enter(path) {
      if (path.node.start !== offset || found !== undefined) return;
      if (path.isMemberExpression() || path.isAssignmentExpression()) found = isAtLoad(path);
    },
  });
  return found === true;

  function isAtLoad(place: NodePath): boolean {
    const field = place.findParent((each) => each.isFunction() || each.isClassProperty() || each.isProgram());
    if (field?.isClassProperty()) return field.node.static && isAtLoad(field.parentPath);
    const fn = field?.isFunction() ? (field as NodePath<t.Function>) : undefined;
    if (!fn) return true;
    if (fn.node.async || fn.node.generator) return false;
    if (fn.key === 'callee') return isAtLoad(fn.parentPath as NodePath);
    const name = nameOfFunction(fn.node);
    return name !== undefined && isCalledAtLoad(name);
  }

  function isCalledAtLoad(name: string): boolean {
    const present = known.get(name);
    if (present !== undefined) return present;
    known.set(name, true);
    const result = filesWith(name).every((each) =>
      mentionsOf(name, each).every((one) => isHarmless(one, each)),
    );
    known.set(name, result);
    return result;
  }

  function filesWith(name: string): string[] {
    const { root, from } = around;
    const own = sources.of(project, root, () =>
      readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((each) => /(?<!\.d)\.[cm]?[jt]s$/.test(each) && !/(^|[\\/])node_modules[\\/]/.test(each))
        .map((each) => path.join(root, each)),
    );
    const word = new RegExp(`\\b${name}\\b`);
    return [
      ...own.filter((each) => word.test(project.read(each) ?? '')),
      ...[from, ...project.filesOfAllMentioning(from, name)].filter((each) => !own.includes(each)),
    ];
  }

  function mentionsOf(name: string, each: string): NodePath[] {
    const found: NodePath[] = [];
    programOf(each, project)?.traverse({
      Identifier: (path) => void (path.node.name === name && found.push(path)),
      StringLiteral: (path) => void (path.node.value === name && found.push(path)),
    });
    return found;
  }

  /** What names the function without calling it in a request. */
  function isHarmless(mention: NodePath, each: string): boolean {
    const { parentPath: parent, key } = mention;
    if (!parent || mention.isStringLiteral()) return false;
    if (declares(parent, key) || isOfTree(mention, each)) return true;
    // By another name, nobody would find who calls it.
    if (parent.isImportSpecifier() || parent.isExportSpecifier()) {
      const { local } = parent.node;
      return nameOf(parent.isImportSpecifier() ? parent.node.imported : parent.node.exported) === local.name;
    }
    if (parent.isAssignmentExpression())
      return key === 'right' && commonJsTarget(parent.node.left) === nameOf(mention.node);
    if (isMember(parent) && key === 'object')
      return !/^(call|apply|bind)$/.test(propertyName(parent.node) ?? 'call');
    const isPart = isMember(parent) && key === 'property' && !parent.node.computed;
    if (isPart && parent.key === 'left' && commonJsTarget(parent.node) !== undefined) return true;
    const callee = outOfSequence(isPart ? parent : mention);
    if (callee.key !== 'callee' || !callee.parentPath?.isCallExpression()) return false;
    return isAtLoad(callee.parentPath) || (isPart && isOfAnother(parent.get('object') as NodePath, each));
  }

  /** A function of the tree's own that has the same name. */
  function isOfTree(mention: NodePath, each: string): boolean {
    const isProperty = isMember(mention.parentPath) && mention.key === 'property';
    const binding = each.startsWith(around.root) || isProperty ? undefined : bindingOf(mention);
    if (!binding?.constant) return false;
    const { path: declared } = binding;
    return declared.isFunctionDeclaration() || constantBehind(binding)?.isFunction() === true;
  }

  /** Whether a method is called on something that is none of the package's: an instance, or what others gave. */
  function isOfAnother(object: NodePath, each: string): boolean {
    const value = withoutTypes(object);
    if (value.isThisExpression()) {
      const method = value.findParent((one) => one.isFunction() && !one.isArrowFunctionExpression());
      return method?.isClassMethod() === true && !method.node.static;
    }
    if (isMember(value)) return isOfAnother(value.get('object') as NodePath, each);
    const binding = bindingOf(value);
    const loaded = binding && loadedBy(binding);
    if (!loaded) return false;
    const target = project.resolve(each, loaded.specifier);
    if (target === undefined)
      return !loaded.specifier.startsWith('.') && !`${loaded.specifier}/`.startsWith(`${around.specifier}/`);
    const text = project.read(target) ?? '';
    return !/\bexport\b[^;'"]*\bfrom\b/.test(text) && !text.includes(around.specifier);
  }
}

/** `(0, core_js_1.create)` of `(0, core_js_1.create)(platform)`, as compilers write a call of an import. */
function outOfSequence(path: NodePath): NodePath {
  const { parentPath: parent, key } = path;
  return parent?.isSequenceExpression() && key === parent.node.expressions.length - 1 ? parent : path;
}

/** Whether a name is that of something else, or of the function where it is declared. */
function declares(parent: NodePath, key: NodePath['key']): boolean {
  if (parent.isFunction() || parent.isVariableDeclarator()) return key !== 'init' && key !== 'body';
  if (parent.isClassProperty()) return key === 'key';
  if (!parent.isObjectProperty()) return false;
  return parent.parentPath.isObjectPattern()
    ? parent.node.shorthand
    : key === 'key' && !parent.node.shorthand;
}

function nameOf(node: t.Node): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined;
}

function nameOfFunction(node: t.Function): string | undefined {
  if (node.type === 'FunctionDeclaration') return node.id?.name;
  return node.type === 'ClassMethod' && node.static ? keyName(node) : undefined;
}
