import type { Interpretation } from './interpreter.ts';
import { NOTHING, only, type Thing, type Value } from './values.ts';

/** How many functions of what a method gives are run, those of what they give included. */
const MAX_RUNS = 16;

/** How deep they may lie in it. */
const MAX_DEPTH = 3;

/**
 * Runs what a method gives its caller to call, as that would: `query()` gives an object whose `where` keeps what it is
 * given. An instance of the class is asked by its own methods.
 */
export function runGiven(value: Value, running: Interpretation, given: readonly Value[]): void {
  // The code of packages is much, and what it gives is asked for where it is used.
  if (running.machine.packageRoot !== undefined) return;
  const seen = new Set<Thing>();
  let values = [value];
  for (let runs = 0; values.length > 0 && runs < MAX_RUNS; ) {
    const found = values.flatMap((each) => functionsIn(each, seen, MAX_DEPTH)).slice(0, MAX_RUNS - runs);
    runs += found.length;
    values = found.flatMap(({ fn, self }) => {
      const { code, file } = fn;
      if (!code) return [];
      const { node, frame } = code;
      const site = { node, file, offset: node.start ?? 0, dropped: false, frame };
      return [running.functions.invoke(fn, self ? only(self) : NOTHING, given, site)];
    });
  }
}

/** The functions that a call made or got for its caller, with the object that each is a method of. */
function functionsIn(
  { things }: Value,
  seen: Set<Thing>,
  depth: number,
  self?: Thing,
): { fn: Thing; self: Thing | undefined }[] {
  return [...things].flatMap(([thing, reach]) => {
    const isOwn = reach === 0 && thing.epoch.startsWith('call ');
    if (!isOwn || seen.has(thing) || depth === 0) return [];
    seen.add(thing);
    if (thing.kind === 'function') return [{ fn: thing, self }];
    if (!/^(object|array|instance)$/.test(thing.kind)) return [];
    const own = [...thing.props].flatMap(([name, prop]) =>
      name.startsWith('.') ? [] : functionsIn(prop, seen, depth - 1, thing),
    );
    return thing.kind === 'instance' ? methodsOf(thing, seen) : own;
  });
}

/** The methods of an instance, but of a class that is being asked already. */
function methodsOf(instance: Thing, seen: Set<Thing>): { fn: Thing; self: Thing }[] {
  const found = new Map<string, Thing>();
  for (let each = instance.proto; each; each = each.proto) {
    if (seen.has(each)) return [];
    seen.add(each);
    for (const [name, { things }] of each.props)
      for (const fn of things.keys())
        if (fn.kind === 'function' && fn.code && name !== 'constructor' && !found.has(name))
          found.set(name, fn);
  }
  return [...found.values()].map((fn) => ({ fn, self: instance }));
}
