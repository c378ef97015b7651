import type { NodePath, TraverseOptions } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { namespacesIn } from '../../source/namespaces.ts';
import { sourcesOf } from '../../source/sources.ts';
import { isAssignedBeside } from '../../survey/values/environment-writes.ts';

/** A property of an object of the tree, or of the process, by the name of what holds it. */
export interface Property {
  /** The last name of the object: `env` for `process.env`. */
  object: string;
  /** `*` for any of its properties. */
  name: string;
  /** Who asks fills it itself: what others only take away is filled in again. */
  isFilled?: boolean;
}

const ADDS = /^(set|add|push|unshift|splice|enterWith)$/;
const TAKES = /^(delete|clear|pop|shift)$/;
const known = new WeakMap<Project, Map<string, readonly number[]>>();

/** Whether some code of the tree sets a property while it runs; the file that asks counts where it is not `others` alone. */
export function assignedOutside(property: Property, file: string, project: Project, others = false): boolean {
  const files = project.filesMentioning(file, property.object);
  return [...(others ? [] : [file]), ...files].some((each) => writesTo(property, each, project).length > 0);
}

/** Whether some code of the tree sets a variable of the environment, by whatever name it knows that; `*` for any of them. */
export function environmentAssignedIn(name: string, file: string, project: Project): boolean {
  const program = programOf(file, project);
  return program !== undefined && isAssignedBeside(name, file, program, project);
}

/** Where a file sets a property of an object that it knows by that name, within its functions; for the process, anywhere. */
export function writesTo(
  { object, name, isFilled = false }: Property,
  file: string,
  project: Project,
): readonly number[] {
  return remembered(project, `${file} ${object}.${name} ${isFilled}`, () => {
    const names = new Set([object]);
    const found: number[] = [];
    visit(file, project, {
      ImportSpecifier({ node }) {
        const imported = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
        if (imported === object) names.add(node.local.name);
      },
      'AssignmentExpression|UpdateExpression|UnaryExpression'(path: NodePath) {
        const { node } = path;
        const target =
          node.type === 'AssignmentExpression'
            ? node.left
            : node.type === 'UpdateExpression' ||
                (node.type === 'UnaryExpression' && node.operator === 'delete')
              ? node.argument
              : undefined;
        if (target && isProperty(target, names, name) && counts(path, { object, name }, target))
          found.push(node.start ?? 0);
      },
      CallExpression(path) {
        const { callee, arguments: args } = path.node;
        if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
        const method = callee.property.name;
        const [first] = args;
        const isAssign =
          /^(assign|set|defineProperty)$/.test(method) &&
          isNamed(callee.object, new Set(['Object', 'Reflect']));
        const isWrite = isAssign
          ? first && isNamed(first, names)
          : (ADDS.test(method) || (!isFilled && TAKES.test(method))) &&
            isNamed(callee.object, names) &&
            name === '*';
        if (isWrite && path.getFunctionParent()) found.push(path.node.start ?? 0);
      },
    });
    return found;
  });
}

/** Where a file sets one of its own variables, other than where it declares it. */
export function writesOfVariable(name: string, file: string, project: Project): readonly number[] {
  return remembered(project, `${file} variable ${name}`, () => {
    const program = programOf(file, project);
    const own = program?.scope.getBinding(name)?.constantViolations ?? [];
    const violations = [...own, ...(program ? setByClosures(name, program) : [])];
    return violations.flatMap((each) => {
      const { node } = each;
      const target =
        node.type === 'AssignmentExpression'
          ? node.left
          : node.type === 'UpdateExpression'
            ? node.argument
            : node;
      return each.getFunctionParent() ? [target.start ?? 0] : [];
    });
  });
}

/** Where functions set a variable of a function around them, or of a namespace: who made them may be gone by then. */
function setByClosures(name: string, program: NodePath<t.Program>): NodePath[] {
  const found: NodePath[] = [];
  program.traverse({
    Scope({ scope }) {
      const binding = scope.getOwnBinding(name);
      const home = scope.getFunctionParent()?.block;
      for (const each of binding?.constantViolations ?? [])
        if (each.getFunctionParent()?.node !== home) found.push(each);
    },
  });
  return found;
}

/** The namespaces of a file that have an exported variable of a name. */
export function namespacesWith(name: string, file: string, project: Project): string[] {
  return namespacesIn(programOf(file, project)?.get('body') ?? []).flatMap((each) => {
    const { id } = each.node;
    const { scope } = each.get('body') as NodePath;
    return id.type === 'Identifier' && scope.hasOwnBinding(name) ? [id.name] : [];
  });
}

/** What is set once, while files load, is the same for all requests; for the process, that is known of no name that is written out. */
function counts(path: NodePath, { object, name }: Property, target: t.Node): boolean {
  if (path.getFunctionParent() !== null) return true;
  return (
    name !== '*' &&
    (object === 'env' || object === 'globalThis') &&
    !(target.type === 'MemberExpression' && target.computed)
  );
}

function isProperty(target: t.Node, names: ReadonlySet<string>, name: string): boolean {
  if (target.type === 'TSAsExpression' || target.type === 'TSNonNullExpression')
    return isProperty(target.expression, names, name);
  if (target.type === 'Identifier') return names.has('globalThis') && target.name === name;
  if (target.type !== 'MemberExpression' || !isNamed(target.object, names)) return false;
  const { property, computed } = target;
  if (name === '*') return true;
  if (property.type === 'StringLiteral') return property.value === name;
  return computed || (property.type === 'Identifier' && property.name === name);
}

function isNamed(node: t.Node, names: ReadonlySet<string>): boolean {
  if (/^(TSAs|TSNonNull|Parenthesized|TSSatisfies)/.test(node.type) && 'expression' in node)
    return isNamed(node.expression as t.Node, names);
  if (node.type === 'Identifier')
    return names.has(node.name) || (names.has('globalThis') && node.name === 'global');
  return (
    node.type === 'MemberExpression' &&
    node.property.type === 'Identifier' &&
    !node.computed &&
    names.has(node.property.name)
  );
}

function visit(file: string, project: Project, visitor: TraverseOptions): void {
  programOf(file, project)?.traverse(visitor);
}

/** The program of a file; undefined for what does not parse, which runs nowhere. */
export function programOf(file: string, project: Project): NodePath<t.Program> | undefined {
  const text = project.read(file);
  if (text === undefined) return undefined;
  try {
    return sourcesOf(project).program(file, text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function remembered(project: Project, key: string, find: () => readonly number[]): readonly number[] {
  const values = known.get(project) ?? new Map<string, readonly number[]>();
  known.set(project, values);
  const present = values.get(key);
  if (present) return present;
  const found = find();
  values.set(key, found);
  return found;
}
