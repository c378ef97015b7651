import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { usesOf } from '../../survey/code/shared-state.ts';
import { calledNameOf } from '../../survey/functions/calls-by-name.ts';
import { chainOf, methodsOf, ownerOfMethod } from '../../survey/functions/owner-of-method.ts';
import { stateReachedIn } from '../../survey/functions/reached-state.ts';
import { isSetAlike } from '../../survey/functions/set-alike.ts';
import { isSameState, type KeptState, type Owner } from '../../survey/functions/state-origin.ts';
import { fileOf } from '../../survey/code/opened-files.ts';

/**
 * The names by which code that cannot see what an object is may set a state of it: those of its methods, and its own
 * where some code sets a property of that name.
 *
 * @param fn the function that reads the state of its own object; undefined where it is another's
 */
export function settingNames(
  read: KeptState,
  fn: FunctionPath | undefined,
  source: Source,
): readonly string[] {
  const own = read.root === 'this' && fn ? ownerOfMethod(fn, source) : undefined;
  const owners = [...(read.owners ?? []), ...(own ? [{ ...own, parts: read.parts }] : [])];
  const names = [
    ...owners.flatMap((owner) => [...settersOf(owner, source), ...propertiesOf(owner, source)]),
    ...writersOf(read, source),
  ];
  return [...new Set(names)];
}

const setters = new OncePerProject<readonly string[]>();

/** The methods of a class, or of an object, that set a part of it. */
function settersOf({ declared, parts }: Owner, source: Source): readonly string[] {
  const { project, path } = source;
  if (!declared) return [];
  const state = { root: 'this', parts };
  const find = () =>
    chainOf(declared, source)
      .flatMap((each) => [...methodsOf(each), ...arrowsIn(each)])
      .filter(({ fn }) =>
        stateReachedIn(fn, source).some(
          (use) => use.isWrite && isSameState(state, use) && !isSetAlike(use, source),
        ),
      )
      .map(({ name }) => name);
  const place = `${fileOf(declared, source)}#${declared.node.start ?? 0}`;
  return project
    ? setters.of(project, [project.packageRootOf(path), place, ...parts].join('\n'), find)
    : find();
}

/** `store = { push: (id) => { this.id = id; } }`: functions of what an object holds, which have its `this`. */
function arrowsIn(declared: NodePath): { name: string; fn: FunctionPath }[] {
  const found: { name: string; fn: FunctionPath }[] = [];
  declared.traverse({
    ArrowFunctionExpression(fn) {
      const name = fn.parentPath.isObjectProperty() ? calledNameOf(fn) : undefined;
      if (name !== undefined) found.push({ name, fn });
    },
  });
  return found;
}

const setFromOutside = new OncePerProject<boolean>();

/** `service.id = id`, by whatever object. */
function propertiesOf({ parts }: Owner, source: Source): string[] {
  const { project, path } = source;
  const name = parts.at(-1) ?? '#';
  if (!project || !/^\w+$/.test(name)) return [];
  const sets = new RegExp(`(?<!\\bthis)\\.${name}\\s*(?:[?|&+*/-]{0,2}=[^=>]|\\+\\+|--)`);
  // What is kept for all trees of a run is of one of them.
  const isSet = setFromOutside.of(project, `${project.packageRootOf(path) ?? ''} ${name}`, () =>
    [path, ...project.filesOfAllMentioning(path, name)].some((file) => sets.test(project.read(file) ?? '')),
  );
  return isSet ? [name] : [];
}

/** The functions that set a variable, or a part of what it holds. */
function writersOf({ binding }: KeptState, source: Source): string[] {
  if (!binding) return [];
  const writes: NodePath[] = [
    ...usesOf(binding).flatMap(({ at, isWrite }) => (isWrite ? [at] : [])),
    ...binding.constantViolations,
  ];
  return writes.flatMap((at) => {
    const around = at.getFunctionParent() as FunctionPath | null;
    const name = around ? calledNameOf(around) : undefined;
    return name !== undefined && source.project ? [name] : [];
  });
}
