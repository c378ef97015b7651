import type { NodePath } from '@babel/traverse';
import type { Project } from '../../project.ts';
import { bindingOf, constantBehind } from '../../survey/code/bindings.ts';
import { loadedBy } from '../../survey/code/loaded-by.ts';
import { isMember, isWritten, propertyName } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { isRouteCall } from '../../survey/functions/handlers.ts';
import { type Callee, type Deed, deedAt, nameOf } from './deeds.ts';
import { programOf } from './written-elsewhere.ts';

const CHANGES = /^(set|add|push|unshift|splice|assign|defineProperty|enterWith)$/;

/** How many names may stand for one another. */
const MAX_NAMES = 4;

/** What functions of a file do that may set something which a module keeps, whichever that is, or build an agent of it. */
interface FileDeeds {
  /** `state.token = token`, which may be a setter as well. */
  writes: readonly (Noted & Rooted & { property: string | undefined; setter: Callee | undefined })[];
  changes: readonly Change[];
  builds: readonly (Noted & { name: string })[];
  calls: readonly Noted[];
}

export interface Noted {
  /** The offsets of the node, and of that around it. */
  starts: readonly number[];
  deed: Deed;
}

/** `state.tokens.set(…)` as a method that is read, and as a call; `Object.assign(state, …)`. */
type Change = Noted &
  ({ by: 'method' } | ({ by: 'assign' } & Rooted) | ({ by: 'call'; isOfWhole: boolean } & Rooted));

/** What an expression starts from; undefined for what no variable holds. */
export interface Rooted {
  root: Root | undefined;
  /** The same where a package may make something new: of what that is, nothing is the package's own. */
  rootOfPackage: Root | undefined;
}

interface Root {
  /** What it was loaded by. */
  specifier: string | undefined;
  isOfModule: boolean;
}

const known = new OncePerProject<FileDeeds>();

/** What is done in a file, found once: each object that a constructor reads is asked about in all files around. */
export function deedsOf(file: string, project: Project): FileDeeds {
  return known.of(project, file, () => findDeeds(file, project));
}

function findDeeds(file: string, project: Project): FileDeeds {
  const writes: FileDeeds['writes'][number][] = [];
  const changes: Change[] = [];
  const builds: FileDeeds['builds'][number][] = [];
  const calls: Noted[] = [];
  const noted = (at: NodePath, call?: Callee): Noted[] => {
    const deed = deedAt(at, file, call);
    return deed ? [{ starts: [at.node.start ?? -1, at.parent.start ?? -1], deed }] : [];
  };
  programOf(file, project)?.traverse({
    MemberExpression(member) {
      const property = propertyName(member.node);
      if (isWritten(member)) {
        const setter = calledAs(member, file, project);
        for (const each of noted(member)) writes.push({ ...each, ...rooted(member), property, setter });
      } else if (property !== undefined && CHANGES.test(property) && member.key === 'callee')
        for (const each of noted(member)) changes.push({ ...each, by: 'method' });
    },
    NewExpression(made) {
      const name = nameOf(withoutTypes(made.get('callee') as NodePath));
      for (const each of noted(made)) builds.push({ ...each, name });
    },
    CallExpression(call) {
      const callee = withoutTypes(call.get('callee') as NodePath);
      const given = call.get('arguments') as NodePath[];
      const called = calledAs(callee, file, project);
      if (called) calls.push(...noted(call, called));
      // `found.then(useToken)`; what a router is given runs in requests, and not here.
      for (const value of isRouteCall(call) ? [] : given) {
        const handed = calledAs(value, file, project);
        if (handed && !handed.on) calls.push(...noted(call, handed));
      }
      const [target] = given;
      if (target && nameOf(callee) === 'assign' && isWhole(target))
        for (const each of noted(call)) changes.push({ ...each, ...rooted(target), by: 'assign' });
      if (!isMember(callee) || !CHANGES.test(nameOf(callee))) return;
      const isOfWhole = !isMember(callee.get('object') as NodePath);
      for (const each of noted(call)) changes.push({ ...each, ...rooted(callee), by: 'call', isOfWhole });
    },
  });
  return { writes, changes, builds, calls };
}

/** As what a call, or a value that one is given, may be a function of the tree; undefined for one of a package. */
function calledAs(callee: NodePath, file: string, project: Project): Callee | undefined {
  const called = nameOf(callee);
  const root = callee.isIdentifier() ? callee : rootOf(callee, MAX_NAMES);
  const binding = root && bindingOf(root);
  if (called === '' || (root && !binding)) return undefined;
  const loaded = binding && loadedBy(binding);
  if (loaded) {
    const from = project.resolve(file, loaded.specifier);
    return from === undefined ? undefined : { called, from };
  }
  if (callee.isIdentifier()) return binding?.kind === 'param' ? { called, on: 'object' } : { called };
  const isOwn = isMember(callee) && (callee.get('object') as NodePath).isThisExpression();
  return { called, on: isOwn ? 'this' : 'object' };
}

function rooted(path: NodePath): Rooted {
  return {
    root: rootAt(rootOf(path, MAX_NAMES)),
    rootOfPackage: rootAt(rootOf(path, MAX_NAMES, givesItself)),
  };
}

function rootAt(root: NodePath | undefined): Root | undefined {
  const binding = root && bindingOf(root);
  return binding && { specifier: loadedBy(binding)?.specifier, isOfModule: binding.scope.path.isProgram() };
}

/** `Object.assign(state, …)` of an object itself sets whatever it is given. */
function isWhole(target: NodePath): boolean {
  return withoutTypes(target).isIdentifier() || isMember(withoutTypes(target));
}

/** Whether a function of a package gives something that the package has, rather than what it makes: `sdk.instance()`. */
function givesItself(callee: NodePath): boolean {
  return !/^(create|make|build|open|connect|extend|clone|new)/i.test(nameOf(callee));
}

/** The name that a chain of members, and of calls that are to count, starts from, behind constants. */
function rootOf(
  path: NodePath,
  names: number,
  counts: (callee: NodePath) => boolean = () => true,
): NodePath | undefined {
  const value = withoutTypes(path);
  if (isMember(value)) return rootOf(value.get('object') as NodePath, names, counts);
  if (value.isCallExpression()) {
    const callee = value.get('callee') as NodePath;
    return counts(callee) ? rootOf(callee, names, counts) : undefined;
  }
  if (!value.isIdentifier()) return undefined;
  const binding = bindingOf(value);
  const init = binding && !loadedBy(binding) ? constantBehind(binding) : undefined;
  const isAlias = init && names > 0 && binding?.scope.path.isProgram() !== true;
  return isAlias ? rootOf(init, names - 1, counts) : value;
}
