import type { Project } from '../../project.ts';
import { classIn, entriesOf, GIVEN, siteOf } from './class-runs.ts';
import { emptyEvents, type At } from './events.ts';
import { interpret } from './interpreter.ts';
import { runGiven } from './run-given.ts';
import { NOTHING, only, type Thing, type Value } from './values.ts';

/** Who is run: a file of those who use a class, with the places in it that get an agent, by their offsets. */
interface Users {
  file: string;
  places: readonly number[];
  agentClass: { file: string | undefined; name: string };
  /** Where the class may write to its instance, as `file:offset`. */
  harmless: ReadonlySet<string>;
  /** What a method does to the agent by its name. */
  effectOf: (method: string) => UserEffect | undefined;
}

/** What somebody does to an agent as if it were their own. */
export type UserEffect = 'change' | 'close';

/**
 * Runs a file with one agent for each of its places, and finds where anything but the harmless methods of the class
 * writes to that, or where it is closed: by whatever way the agent got there.
 *
 * @returns where, by the offset of the place
 */
export function changesByUsers(
  { file, places, agentClass, harmless, effectOf }: Users,
  project: Project,
): Map<number, At & { is: UserEffect }> {
  const running = interpret(project);
  const { machine, modules, functions } = running;
  const found: ReturnType<typeof changesByUsers> = new Map();
  const agents = new Map<number, Value>();
  const own = new Set(places);
  const build = (place: number): Value => {
    const type =
      agentClass.file === undefined ? undefined : classIn(running, agentClass.file, agentClass.name);
    const epoch = `new ${place}`;
    const kind = type?.code ? 'instance' : 'opaque';
    const agent = machine.make(epoch, kind, agentClass.name, type?.file ?? '', epoch);
    agents.set(place, only(agent, 1));
    if (!type?.code) return only(agent, 1);
    agent.proto = machine.prototypeOf(type);
    const before = { epoch: machine.epoch, events: machine.events, guards: machine.guards };
    Object.assign(machine, { epoch, events: emptyEvents(), guards: [] });
    functions.initialise(type, only(agent), [], siteOf(type));
    Object.assign(machine, before);
    return only(agent, 1);
  };
  machine.given = ({ start }, from) =>
    from === file && own.has(start ?? -1) ? (agents.get(start ?? -1) ?? build(start ?? -1)) : undefined;
  machine.watch = ({ owner }, at, how) => {
    const place = /^new (\d+)$/.exec(owner.epoch)?.[1];
    if (place !== undefined && how !== 'own' && !harmless.has(`${at.file}:${at.offset}`))
      found.set(Number(place), { file: at.file, offset: at.offset, is: 'change' });
  };
  machine.watchCall = (thing, method, { file, offset, frame }) => {
    const place = [...agents].find(([, { things }]) => things.has(thing))?.[0];
    // What the agent does to itself is known of its methods.
    const isOwn = frame.home !== undefined && frame.self.things.has(thing);
    const is = place === undefined || isOwn ? undefined : effectOf(method);
    if (place !== undefined && is) found.set(place, { file, offset, is });
  };
  const module = modules.load(file);
  machine.epoch = 'call';
  const tops = [...(modules.frameOf(file)?.vars.values() ?? [])].map(({ value }) => value);
  for (const value of [...tops, ...(module?.props.values() ?? [])]) {
    for (const thing of value.things.keys()) {
      // What ran while the file loaded, as handlers of routes do, has shown it already.
      if (places.every((place) => agents.has(place))) return found;
      if (thing.file === file) runTop(thing);
    }
  }
  return found;

  function runTop(thing: Thing): void {
    const run = (fn: Thing, self: Value) =>
      runGiven(functions.invoke(fn, self, GIVEN, siteOf(fn)), running, GIVEN);
    if (thing.kind === 'function' && thing.code) run(thing, NOTHING);
    let holder = thing;
    if (thing.kind === 'class') {
      for (const { fn, self } of entriesOf(thing, new Set())) run(fn, only(self));
      holder = machine.make(`one of ${thing.id}`, 'instance', thing.label, file);
      holder.proto = machine.prototypeOf(thing);
      functions.initialise(thing, only(holder), GIVEN, siteOf(thing));
    }
    if (/^(object|instance)$/.test(holder.kind))
      for (const { fn, self } of entriesOf(holder, new Set())) run(fn, only(self));
  }
}
