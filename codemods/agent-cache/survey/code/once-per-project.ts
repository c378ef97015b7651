import type { Project } from '../../project.ts';

/** Finds something out about each file of a project once, and keeps it for as long as the project lives. */
export class OncePerProject<Value> {
  readonly #known = new WeakMap<Project, Map<string, Value>>();

  of(project: Project, key: string, find: () => Value): Value {
    const values = this.#known.get(project) ?? new Map<string, Value>();
    this.#known.set(project, values);
    if (!values.has(key)) values.set(key, find());
    return values.get(key) as Value;
  }
}
