import type { Project } from '../../project.ts';
import { type Deed, type Doers, isBuilding, isCallOf, whoDoes } from './deeds.ts';
import { deedsOf, type Noted } from './file-deeds.ts';

/** How many files may lie between what sets, or builds, and what calls that. */
const MAX_FILES = 4;

/** What is set, and for whose building that counts. */
export interface Asked {
  /** Where it is kept. */
  file: string;
  /** The class whose constructor reads it. */
  agentClass: string;
  /** Where that sets it itself, as `file:offset`: what it remembers for all. */
  own: ReadonlySet<string>;
}

/** What the functions of some files do about agents, and which of the tree they call. */
export class Doings {
  readonly #asked: Asked;
  readonly #project: Project;
  readonly #read = new Set<string>();
  readonly #builds: Deed[] = [];
  /** Calls of what may be a function of the tree. */
  readonly #calls: Deed[] = [];

  constructor(asked: Asked, project: Project) {
    this.#asked = asked;
    this.#project = project;
  }

  /**
   * Whether some request sets something before it builds an agent: in a middleware that goes on, or in a function that
   * builds one, each by itself or by functions that it calls.
   */
  isBeforeBuilding(sets: readonly Deed[]): boolean {
    if (sets.length === 0) return false;
    const { file, agentClass } = this.#asked;
    this.#readAll([file, ...this.#project.dependentsOf(file), ...sets.map((each) => each.file)]);
    this.#readAll(this.#project.filesOfAllMentioning(file, agentClass));
    for (let files = MAX_FILES; files > 0 && this.#readCallers(sets); files -= 1);
    const setters = this.#whoDoes(sets);
    const builders = this.#whoDoes(this.#builds);
    const mayBuild = (call: Deed) =>
      call.on === 'object' ? builders.has(call.called ?? '') : this.#isCallOf(builders, call);
    const building = idsOf([...this.#builds, ...this.#calls.filter(mayBuild)]);
    return [...sets, ...this.#calls.filter((call) => this.#isCallOf(setters, call))].some(({ by }) =>
      by.some((fn) => building.has(fn.id) || fn.goesOn),
    );
  }

  readonly #dependentsOf = (file: string): readonly string[] => this.#project.dependentsOf(file);

  #whoDoes(deeds: readonly Deed[]): Doers {
    return whoDoes(deeds, this.#calls, this.#dependentsOf);
  }

  #isCallOf(doers: Doers, call: Deed): boolean {
    return isCallOf(doers, call, this.#dependentsOf);
  }

  /** Reads what may call the functions that were found. @returns whether there was some that nobody had read */
  #readCallers(sets: readonly Deed[]): boolean {
    const callers = new Set<string>();
    for (const [name, files] of [...this.#whoDoes(sets), ...this.#whoDoes(this.#builds)])
      for (const caller of [...files].flatMap(this.#dependentsOf))
        if (!this.#read.has(caller) && this.#project.read(caller)?.includes(name)) callers.add(caller);
    this.#readAll(callers);
    return callers.size > 0;
  }

  #readAll(files: Iterable<string>): void {
    for (const file of files) {
      if (this.#read.has(file)) continue;
      this.#read.add(file);
      this.#readOne(file);
    }
  }

  #readOne(file: string): void {
    const { builds, calls } = deedsOf(file, this.#project);
    const { agentClass } = this.#asked;
    const isOfOthers = (each: Noted) => !isOwn(each, this.#asked) && !isBuilding(agentClass, each.deed);
    for (const each of builds) if (each.name === agentClass && isOfOthers(each)) this.#builds.push(each.deed);
    for (const each of calls) if (isOfOthers(each)) this.#calls.push(each.deed);
  }
}

/** Whether a place is one at which the constructor sets what it reads itself. */
export function isOwn({ starts, deed }: Noted, { own }: Asked): boolean {
  return starts.some((start) => own.has(`${deed.file}:${start}`));
}

function idsOf(deeds: readonly Deed[]): ReadonlySet<string> {
  return new Set(deeds.flatMap(({ by }) => by.map(({ id }) => id)));
}
