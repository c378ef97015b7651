import type { Project } from '../../project.ts';
import { classIn, entriesOf, GIVEN, siteOf } from './class-runs.ts';
import { emptyEvents, type At } from './events.ts';
import { interpret } from './interpreter.ts';
import { runGiven } from './run-given.ts';
import { NOTHING, only, type Thing, type Value } from './values.ts';

/** Who is run: a file of those who use a class, with the places that get an agent, there or where it is given on from. */
interface Users {
  file: string;
  got: { file: string; offsets: readonly number[] };
  agentClass: { file: string | undefined; name: string };
  /** Where the class may write to its instance, as `file:offset`. */
  harmless: ReadonlySet<string>;
  /** What a method does to the agent by its name. */
  effectOf: (method: string) => UserEffect | undefined;
}

/** What somebody does to an agent as if it were their own. */
export type UserEffect = 'change' | 'close';

/** How many files are asked whether they register somebody who is told. */
const MAX_FILES = 60;

/** The files that get at one of some, however far away. */
function reaching(files: ReadonlySet<string>, project: Project): string[] {
  const found = new Set(files);
  for (const file of found) {
    for (const each of project.dependentsOf(file)) if (found.size < MAX_FILES) found.add(each);
  }
  return [...found].filter((file) => !files.has(file));
}

function hasOneOf({ things }: Value, of: Value): boolean {
  return [...of.things.keys()].some((thing) => things.has(thing));
}

/**
 * Runs a file with one agent for each of its places, and finds where anything but the harmless methods of the class
 * writes to that, or where it is closed: by whatever way the agent got there.
 *
 * @param first files that register somebody who is told of an agent, and that the file itself need not know
 * @returns where, by the offset of the place
 */
export function changesByUsers(
  users: Users,
  project: Project,
  first: readonly string[] = [],
): Map<number, At & { is: UserEffect }> {
  const { file, got, agentClass, harmless, effectOf } = users;
  const running = interpret(project);
  const { machine, modules, functions } = running;
  const found: ReturnType<typeof changesByUsers> = new Map();
  const agents = new Map<number, Value>();
  const own = new Set(got.offsets);
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
    from === got.file && own.has(start ?? -1) ? (agents.get(start ?? -1) ?? build(start ?? -1)) : undefined;
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
  const asking = new Set<string>();
  // A list of listeners that nobody is in yet.
  machine.watchEmpty = (args, site) => {
    const isGiven = args.some((arg) => [...agents.values()].some((agent) => hasOneOf(arg, agent)));
    if (isGiven) asking.add(site.file);
  };
  for (const each of first) modules.load(each);
  const module = modules.load(file);
  machine.epoch = 'call';
  const tops = [...(modules.frameOf(file)?.vars.values() ?? [])].map(({ value }) => value);
  for (const value of [...tops, ...(module?.props.values() ?? [])])
    for (const thing of value.things.keys()) {
      // What ran while the file loaded, as handlers of routes do, has shown it already.
      if (thing.file === file && got.offsets.some((place) => !agents.has(place))) runTop(thing);
    }
  const others = first.length === 0 ? reaching(asking, project) : [];
  return others.length === 0 ? found : changesByUsers(users, project, others);

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
