import type { InstrumentFact } from './instruments.ts';
import type { OwnerKind } from './makers.ts';
import type { LoadedName, ModuleNames } from './module-facts.ts';

/** A route as its file registers it. */
export interface RouteFact {
  /** Upper case; `ALL` answers every method. */
  method: string;
  path: string;
  /** The variable it is registered on. */
  owner: string;
  /** The functions around it, which somebody has to call. */
  within: readonly string[];
}

/** What is mounted: a name of the file (or of another, whose list it stands in), or of a module that is loaded in place. */
export type Target = { name: string; file?: string } | ({ loaded: true } & LoadedName);

/** A folder whose modules a file mounts, one and all. */
export interface FolderFact {
  /** Absolute, or from the root; absent where the source does not name it. */
  path?: string | undefined;
  /** Whether the folders in it are part of the paths of their routes. */
  isPrefixed: boolean;
  /** The path of each, with what stands for the name of its file. */
  named?: string;
  /** Whether files alone are loaded, no folders by their index; those of all folders in it, or its own. */
  isGlob?: 'deep' | 'own';
}

/** A router hung below a path of another one. */
export interface MountFact {
  prefix: string;
  /** The variable that takes it; empty when a helper does the mounting. */
  owner: string;
  targets: Target[];
  /** Whose modules are all mounted, in place of targets. */
  folder?: FolderFact;
  /** The functions around it, which somebody has to call. */
  within: readonly string[];
}

/** What one module says about routes and metrics. */
export interface ModuleFacts extends ModuleNames {
  routes: RouteFact[];
  mounts: MountFact[];
  metrics: InstrumentFact[];
  /** By the names that it uses, and not only declares, imports or exports: the functions around each use. */
  uses: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** What the owners of its routes are. */
  owners: Map<string, OwnerKind>;
  /** The names of what is used for more than to add to it: servers that listen, or that others get. */
  served: Set<string>;
}
