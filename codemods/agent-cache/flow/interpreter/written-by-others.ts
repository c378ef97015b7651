import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { isMember, isWritten, propertyName } from '../../survey/code/members.ts';
import { bindingOf, constantBehind } from '../../survey/code/bindings.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { loadedBy } from '../../survey/code/loaded-by.ts';
import { programOf } from './written-elsewhere.ts';

/** A property of a class, or of an instance of one. */
export interface PropertyOfClass {
  className: string;
  name: string;
  /** Where the class is declared. */
  file: string;
}

/** Where static members of a class set a property of it: `static use(token) { this.token = token; }`. */
export function writtenByStatics({ className, name, file }: PropertyOfClass, project: Project): number[] {
  const found: number[] = [];
  programOf(file, project)?.traverse({
    ThisExpression(self) {
      const { parentPath: member } = self;
      if (!isMember(member) || propertyName(member.node) !== name || !isWritten(member)) return;
      const owner = staticAround(self);
      if (owner?.node.id?.name === className && !isMemo(member)) found.push(member.node.start ?? 0);
    },
  });
  return found;
}

/** Whether a function sets a property of an object that it gets from a class: `Session.current.token = token`. */
export function isWrittenThrough({ className, name, file }: PropertyOfClass, project: Project): boolean {
  return [file, ...project.filesMentioning(file, className)].some((each) => {
    let isFound = false;
    programOf(each, project)?.traverse({
      MemberExpression(member) {
        if (isFound || propertyName(member.node) !== name || !isWritten(member)) return;
        const object = withoutTypes(member.get('object') as NodePath);
        if (object.isThisExpression() || !member.getFunctionParent()) return;
        isFound = classBehind(object) === className;
      },
    });
    return isFound;
  });
}

/** The variables at the top of the file of a class that have an instance of it: `export const session = new Session()`. */
export function instancesIn({ className, file }: PropertyOfClass, project: Project): string[] {
  return Object.values(programOf(file, project)?.scope.bindings ?? {}).flatMap((binding) => {
    const init = constantBehind(binding);
    const built = init && withoutTypes(init);
    const isOne = built?.isNewExpression() && built.get('callee').isIdentifier({ name: className });
    return isOne ? [binding.identifier.name] : [];
  });
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

/** The name of the class that an object is got from: by its members and what those give, and by `new`. */
function classBehind(object: NodePath, names = 3): string | undefined {
  const value = withoutTypes(object);
  if (isMember(value)) return classBehind(value.get('object') as NodePath, names);
  if (value.isNewExpression()) {
    // What a function makes is its own.
    return value.getFunctionParent() ? undefined : classBehind(value.get('callee') as NodePath, names);
  }
  if (value.isCallExpression()) {
    const callee = value.get('callee') as NodePath;
    return isMember(callee) ? classBehind(callee, names) : undefined;
  }
  const binding = bindingOf(value);
  const init = constantBehind(binding);
  if (init && names > 0 && binding && !loadedBy(binding)) return classBehind(init, names - 1);
  const loaded = binding && loadedBy(binding);
  if (loaded) return loaded.name === 'default' && value.isIdentifier() ? value.node.name : loaded.name;
  return value.isIdentifier() ? value.node.name : undefined;
}
