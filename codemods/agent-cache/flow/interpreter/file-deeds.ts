import type { Binding, NodePath } from '@babel/traverse';
import type { Reading } from '../../migration.ts';
import type { Project } from '../../project.ts';
import { bindingOf } from '../../survey/code/bindings.ts';
import { loadedBy } from '../../survey/code/loaded-by.ts';
import { isMember, isWritten, propertyName } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { declarationOf } from '../../survey/values/declared-values.ts';
import { isFixed } from '../../survey/values/fixed-values.ts';
import { isRouteCall } from '../../survey/functions/handlers.ts';
import { isDropped } from '../../survey/functions/later-callbacks.ts';
import { type Callee, type Deed, deedAt, nameOf } from './deeds.ts';
import { programOf, readingOf } from './reading-of.ts';
import { rootOf } from './root-of.ts';

const CHANGES = /^(set|add|push|unshift|splice|assign|defineProperty|enterWith)$/;

const SWITCHES =
  /^(set|change|switch|select)[A-Z]\w*$|^(locale|language|configure|setup|init|initialize|login|auth|authorize|authenticate|register)$/;

/** What functions of a file do that may build an agent, whichever that is, or set something that a package keeps. */
interface FileDeeds {
  builds: readonly (Noted & { name: string })[];
  /** Calls of what may be a function of the tree, and writes to what may be a setter of it. */
  calls: readonly Noted[];
  setsOfPackages: readonly SetOfPackage[];
}

export interface Noted {
  /** The offsets of the node, and of that around it. */
  starts: readonly number[];
  deed: Deed;
}

type SetOfPackage = Noted & {
  /** What the package was loaded by. */
  specifier: string;
  /** The property that is set; undefined for one of several, or of a name that only a run tells. */
  property: string | undefined;
  /** It may be any of them: `Object.assign(sdk.defaults, …)`. */
  isAny: boolean;
};

/** How many names may stand for a package. */
const MAX_NAMES = 4;

const known = new OncePerProject<FileDeeds>();

/** What is done in a file, found once: all that a constructor reads is asked about in all files around. */
export function deedsOf(file: string, project: Project): FileDeeds {
  return known.of(project, file, () => findDeeds(file, project));
}

function findDeeds(file: string, project: Project): FileDeeds {
  const builds: FileDeeds['builds'][number][] = [];
  const calls: Noted[] = [];
  const setsOfPackages: SetOfPackage[] = [];
  const noted = (at: NodePath, call?: Callee): Noted[] => {
    const deed = deedAt(at, file, call);
    return deed ? [{ starts: [at.node.start ?? -1, at.parent.start ?? -1], deed }] : [];
  };
  const noteCall = (at: NodePath, callee: NodePath, isHanded = false) => {
    const called = calledAs(callee, file, project);
    if (called && !(isHanded && called.on)) calls.push(...noted(at, called));
  };
  const noteSet = (at: NodePath, object: NodePath, property: string | undefined, isAny: boolean) => {
    const specifier = packageAt(object, file, project);
    if (specifier === undefined) return;
    setsOfPackages.push(...noted(at).map((each) => ({ ...each, specifier, property, isAny })));
  };
  const source = readingOf(file, project);
  programOf(file, project)?.traverse({
    MemberExpression(member) {
      if (!isWritten(member)) return;
      noteCall(member, member);
      noteSet(member, member, propertyName(member.node), false);
    },
    NewExpression(made) {
      const callee = withoutTypes(made.get('callee') as NodePath);
      const name = nameOf(callee);
      noteCall(made, callee);
      builds.push(...noted(made).map((each) => ({ ...each, name })));
    },
    CallExpression(call) {
      const callee = withoutTypes(call.get('callee') as NodePath);
      noteCall(call, callee);
      const given = call.get('arguments') as NodePath[];
      // `found.then(useToken)`; what a router is given runs in requests, and not here.
      for (const value of isRouteCall(call) ? [] : given) noteCall(call, value, true);
      const [target] = given;
      if (target && nameOf(callee) === 'assign' && isWhole(target)) noteSet(call, target, undefined, true);
      // `_.set(row, …)` sets nothing of the package; `nconf.set('token', …)` does.
      const isOfPart =
        isMember(callee) &&
        (isMember(callee.get('object') as NodePath) || target?.isStringLiteral() === true);
      const isSet = isOfPart && CHANGES.test(nameOf(callee));
      // `i18n.changeLanguage(req.query.lang);`, of which nobody uses what it gives.
      const isSwitch = isMember(callee) && SWITCHES.test(nameOf(callee)) && isForItself(call);
      const isSwitched = isSwitch && given.some((each) => !source || !isFixed(each, source));
      if (isSet || isSwitched) noteSet(call, callee, undefined, false);
    },
  });
  return { builds, calls, setsOfPackages };
}

/** Whether nobody gets what a call gives, also where it is awaited, or only made where something holds. */
function isForItself(call: NodePath): boolean {
  const { parentPath: parent } = call;
  const isWithin =
    parent?.isAwaitExpression() || (parent?.isLogicalExpression() && call.key === 'right') === true;
  return isWithin && parent ? isForItself(parent) : isDropped(call);
}

/** As what a call, or a value that one is given, may be a function of the tree; undefined for one of a package. */
function calledAs(callee: NodePath, file: string, project: Project): Callee | undefined {
  const called = nameOf(callee);
  const root = callee.isIdentifier() ? callee : rootOf(callee);
  const binding = root && bindingOf(root);
  if (called === '' || (root && !binding)) return undefined;
  const loaded = binding && loadedBy(binding);
  if (loaded) {
    const from = project.resolve(file, loaded.specifier);
    return from === undefined ? undefined : { called, from };
  }
  if (callee.isIdentifier()) return binding?.kind === 'param' ? { called, on: 'object' } : { called };
  const isOfThis = isMember(callee) && (callee.get('object') as NodePath).isThisExpression();
  return { called, on: isOfThis ? 'this' : 'object' };
}

/** What the module was loaded by that an expression starts from, also where a module of the tree hands that on. */
function packageAt(path: NodePath, file: string, project: Project): string | undefined {
  const root = rootOf(path, givesItself);
  const binding = root && bindingOf(root);
  if (!binding) return undefined;
  const loaded = loadedBy(binding)?.specifier;
  if (loaded !== undefined && project.resolve(file, loaded) === undefined) return loaded;
  return packageBehind(binding, readingOf(file, project));
}

/** The package that a name stands for: `export const Conf = nconf`. */
function packageBehind(binding: Binding, source: Reading | undefined, names = MAX_NAMES): string | undefined {
  const declared = source && names > 0 ? declarationOf(binding, source) : undefined;
  if (!source || !declared || 'module' in declared)
    return declared && 'module' in declared ? declared.module : undefined;
  const init = declared.init && withoutTypes(declared.init);
  const root = init?.isIdentifier() || isMember(init) ? rootOf(init) : undefined;
  const next = root && bindingOf(root);
  return next && next !== binding ? packageBehind(next, source, names - 1) : undefined;
}

/** `Object.assign(state, …)` of an object itself sets whatever it is given. */
function isWhole(target: NodePath): boolean {
  return withoutTypes(target).isIdentifier() || isMember(withoutTypes(target));
}

/** Whether a function of a package gives something that the package has, rather than what it makes: `sdk.instance()`. */
function givesItself(callee: NodePath): boolean {
  return !/^(create|make|build|open|connect|extend|clone|new)/i.test(nameOf(callee));
}
