import { keyText } from '../key-text.ts';
import type { Machine } from '../machine.ts';
import { constructed } from '../objects.ts';
import { primitive, type Thing, UNDEFINED, type Value } from '../values.ts';

/** What a container has under a token: how it is made, and whether it is made once; undefined where nobody can tell. */
export interface Registration {
  make: () => Value;
  keeps: boolean | undefined;
}

/** What makes a container let go of what it keeps. */
const DROPPING = ['dispose', 'reset', 'remove', 'unbind', 'unbindAll', 'clearInstances'];

/** The registrations of one container, by token, which a run can take back. */
export class Registry {
  readonly #machine: Machine;
  readonly #made: Thing;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#made = machine.run.thing('object', { entries: [] });
  }

  /** What it keeps hangs on the container, which outlives a call as that does. */
  hangOn(container: Thing): void {
    container.properties.set('#registry', this.#made);
    for (const name of DROPPING) {
      const drop = () => {
        this.#drop();
        return UNDEFINED;
      };
      container.properties.set(name, this.#machine.run.function(drop));
    }
  }

  register(token: Value, { make, keeps }: Registration): Thing {
    const { run } = this.#machine;
    const entry = run.thing('object', {
      properties: [
        ['#make', run.function(make)],
        ['#keeps', primitive(keeps)],
      ],
    });
    this.#made.entries?.set(keyText(token), entry);
    return entry;
  }

  has(token: Value): boolean {
    return this.#made.entries?.has(keyText(token)) === true;
  }

  resolve(token: Value, whatElse: () => Registration | undefined = () => undefined): Value {
    const { run } = this.#machine;
    const usual = this.has(token) ? undefined : whatElse();
    if (usual !== undefined) this.register(token, usual);
    const entry = this.#made.entries?.get(keyText(token));
    if (entry === undefined || entry.is === 'primitive') return run.unknown();
    const keeps = entry.properties.get('#keeps');
    const held = entry.properties.get('#held');
    if (keeps?.is !== 'primitive' || keeps.value === undefined) return run.unknown();
    if (held !== undefined) return held;
    const make = entry.properties.get('#make') ?? UNDEFINED;
    const made = this.#machine.call(make, [], UNDEFINED);
    if (keeps.value === true) entry.properties.set('#held', made);
    return made;
  }

  #drop(): void {
    for (const entry of this.#made.entries?.values() ?? [])
      if (entry.is !== 'primitive') entry.properties.delete('#held');
  }
}

/** Constructs a class, whose container gives it what it takes. */
export function constructing(type: Value, machine: Machine): () => Value {
  const given = Array.from({ length: 6 }, () => machine.run.unknown());
  return () => constructed(type, given, machine);
}

export function calling(callee: Value, machine: Machine): () => Value {
  return () => machine.call(callee, [machine.run.unknown()], UNDEFINED);
}

export function property(of: Value | undefined, name: string): Value | undefined {
  return of?.is === 'object' ? of.properties.get(name) : undefined;
}

export function textOf(value: Value | undefined): unknown {
  return value?.is === 'primitive' ? value.value : undefined;
}

/** A thing with methods that the run knows, and nothing else. */
export function withMethods(
  machine: Machine,
  methods: Record<string, (args: Value[], self: Thing) => Value>,
): Thing {
  const { run } = machine;
  const made = run.thing('unknown', { truth: true });
  for (const [name, call] of Object.entries(methods))
    made.properties.set(
      name,
      run.function((args) => call(args, made)),
    );
  return made;
}

export function names(machine: Machine, values: Record<string, string | number>): Thing {
  return machine.run.thing('object', {
    properties: Object.entries(values).map(([name, value]): [string, Value] => [name, primitive(value)]),
  });
}
