import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { bindingOf, constantBehind } from '../../survey/code/bindings.ts';
import { loadedBy } from '../../survey/code/loaded-by.ts';
import { isMember, isWritten, keyName, propertyName } from '../../survey/code/members.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { endsRequests } from '../../survey/functions/ends-requests.ts';
import { isMiddleware } from '../../survey/functions/handlers.ts';
import { programOf } from './written-elsewhere.ts';

/** A property that a module keeps, `*` for any of an object, and the class whose constructor reads it. */
interface KeptPart {
  name: string;
  /** Where the object was made. */
  file: string;
  agentClass: string;
}

const CHANGES = /^(set|add|push|unshift|splice|assign|defineProperty|enterWith)$/;

/** How many names may stand for one another. */
const MAX_NAMES = 4;

/**
 * Whether a request sets what a module keeps before it builds an agent: a middleware that goes on, or the function that
 * builds one, by a property of what it has of that module, or by a function of the module that sets it.
 */
export function isSetInRequests(part: KeptPart, project: Project): boolean {
  const files = [...new Set([part.file, ...project.dependentsOf(part.file)])];
  const around = new Set(files);
  const setters = settersIn(part, project);
  return files.some((file) => {
    let isFound = false;
    programOf(file, project)?.traverse({
      Function(fn) {
        if (isFound || !isOfRequest(fn, part)) return;
        fn.traverse({
          MemberExpression(member) {
            const isIt = part.name === '*' || propertyName(member.node) === part.name;
            if (isIt && isWritten(member) && isOf(member, file)) isFound = true;
          },
          CallExpression(call) {
            const callee = withoutTypes(call.get('callee') as NodePath);
            const name = isMember(callee) ? propertyName(callee.node) : undefined;
            const called = name ?? (callee.isIdentifier() ? callee.node.name : '');
            if (setters.has(called) && isOf(callee, file)) isFound = true;
            const [target] = call.get('arguments') as NodePath[];
            if (target && name === 'assign' && isOf(target, file) && part.name !== '*')
              isFound ||= isWhole(target);
            if (part.name === '*' && isMember(callee) && CHANGES.test(called)) isFound ||= isOf(callee, file);
          },
        });
      },
    });
    return isFound;
  });

  /** Whether an expression starts from what a file has of the module. */
  function isOf(path: NodePath, file: string): boolean {
    const root = rootOf(path, MAX_NAMES);
    const binding = root && bindingOf(root);
    const loaded = binding && loadedBy(binding);
    if (!binding) return false;
    if (!loaded) return file === part.file && binding.scope.path.isProgram();
    const target = project.resolve(file, loaded.specifier);
    return target !== undefined && around.has(target);
  }
}

/** `Object.assign(state, …)` of an object itself sets whatever it is given. */
function isWhole(target: NodePath): boolean {
  return withoutTypes(target).isIdentifier() || isMember(withoutTypes(target));
}

/** Whether a function runs in a request before an agent is built there: it goes on to others, or builds one. */
function isOfRequest(fn: NodePath<t.Function>, { agentClass }: KeptPart): boolean {
  if (isMiddleware(fn) && !endsRequests(fn)) return true;
  let isBuilding = false;
  fn.traverse({
    NewExpression({ node: { callee } }) {
      if (callee.type === 'Identifier' && callee.name === agentClass) isBuilding = true;
    },
  });
  return isBuilding;
}

/** The names of the functions of the module that set the property. */
function settersIn({ name, file }: KeptPart, project: Project): ReadonlySet<string> {
  const found = new Set<string>();
  const note = (at: NodePath) => {
    for (let fn = at.getFunctionParent(); fn; fn = fn.getFunctionParent()) {
      const { node } = fn;
      if (node.type === 'ClassMethod' && node.kind === 'constructor') return;
      const key = keyName(node) ?? nameOf(fn);
      if (key !== undefined) found.add(key);
    }
  };
  programOf(file, project)?.traverse({
    MemberExpression(member) {
      const own = propertyName(member.node);
      if (isWritten(member) && (own === name || name === '*')) note(member);
      // `this.options.set(…)`, `Object.assign(this.options, …)`
      if (own !== undefined && CHANGES.test(own) && member.key === 'callee') note(member);
    },
  });
  return found;
}

function nameOf({ node, parent }: NodePath<t.Function>): string | undefined {
  if (node.type === 'FunctionDeclaration') return node.id?.name;
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  return keyName(parent);
}

/** The name that a chain of members and calls starts from, behind constants. */
function rootOf(path: NodePath, names: number): NodePath | undefined {
  const value = withoutTypes(path);
  if (isMember(value)) return rootOf(value.get('object') as NodePath, names);
  if (value.isCallExpression()) return rootOf(value.get('callee') as NodePath, names);
  if (!value.isIdentifier()) return undefined;
  const binding = bindingOf(value);
  const init = binding && !loadedBy(binding) ? constantBehind(binding) : undefined;
  const isAlias = init && names > 0 && binding?.scope.path.isProgram() !== true;
  return isAlias ? rootOf(init, names - 1) : value;
}
