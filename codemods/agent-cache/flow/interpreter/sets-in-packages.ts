import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { isWritten, propertyName } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { nameOf } from './deeds.ts';
import { programOf } from './reading-of.ts';
import { isDoneAtLoad, type PackageInTree } from './set-at-load.ts';

/** A property of a class of a package, or of an instance of one. */
export interface PropertyInPackage {
  className: string;
  isStatic: boolean;
  name: string;
  /** Where the class is declared. */
  file: string;
  /** Where the constructor that reads it sets it itself, as `file:offset`. */
  own: ReadonlySet<string>;
}

const ADDS = /^(assign|set|defineProperty|add|push|unshift|splice|delete|clear|pop|shift)$/;

/** Whether the package, or code that knows its class by its name, sets a property in functions that requests may call. */
export function isSetInPackage(
  property: PropertyInPackage,
  loaded: PackageInTree,
  project: Project,
): boolean {
  const { className, file, own } = property;
  return [file, ...project.filesMentioning(file, className)].some((each) =>
    setsIn(each, property, project).some(
      (offset) => !own.has(`${each}:${offset}`) && !isDoneAtLoad(offset, each, loaded, project),
    ),
  );
}

const known = new OncePerProject<readonly number[]>();

function setsIn(
  each: string,
  { className, isStatic, name, file }: PropertyInPackage,
  project: Project,
): readonly number[] {
  return known.of(project, [each, file, className, isStatic, name].join('\n'), () => {
    const found: number[] = [];
    const note = ({ node }: NodePath) => void found.push(node.start ?? 0);
    programOf(each, project)?.traverse({
      MemberExpression(member) {
        if (!member.getFunctionParent()) return;
        const object = withoutTypes(member.get('object') as NodePath);
        const property = propertyName(member.node);
        if (isWritten(member)) {
          const isOwn = isStatic && each === file && isOfStatic(member, object, className);
          const isIt = name === '*' || property === name || (property === undefined && !isOwn);
          if (isIt && (isOwn || nameOf(object) === className)) note(member);
        } else if (member.key === 'callee' && ADDS.test(property ?? '')) {
          const [target] = (member.parentPath.get('arguments') as NodePath[]) ?? [];
          const isGiven = /^(Object|Reflect)$/.test(nameOf(object)) && target && nameOf(target) === className;
          if (isGiven || (name === '*' && nameOf(object) === className)) note(member.parentPath);
        }
      },
    });
    return found;
  });
}

/** Whether a member is written to as one of a class in its static members, but once for all. */
function isOfStatic(member: NodePath, object: NodePath, className: string): boolean {
  return object.isThisExpression() && staticAround(object)?.node.id?.name === className && !isMemo(member);
}

/** The class whose static member a place stands in, functions that have the same `this` aside. */
function staticAround(place: NodePath): NodePath<t.ClassDeclaration | t.ClassExpression> | undefined {
  const fn = place.findParent((each) => each.isFunction() && !each.isArrowFunctionExpression());
  if (!fn?.isClassMethod() && !fn?.isClassPrivateMethod()) return undefined;
  const owner = fn.node.static ? fn.parentPath.parentPath : undefined;
  return owner?.isClassDeclaration() || owner?.isClassExpression() ? owner : undefined;
}

/** `this.client ??= …`: set once, for all. */
function isMemo({ parent }: NodePath): boolean {
  return parent.type === 'AssignmentExpression' && /^(\?\?|\|\|)=$/.test(parent.operator);
}
