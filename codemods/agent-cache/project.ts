/** A specifier and the file that it leads to. */
export interface Resolved {
  specifier: string;
  file: string;
}

/** A package of the workspace, as a file of another one sees it. */
export interface PackageAcross {
  name: string;
  /** What the file may write to import from it, the package's own name first. */
  specifiers: readonly string[];
  /** Any file of it may be imported by its path. */
  open: boolean;
  /** The package.json of the file, or of the workspace, lists it. */
  listed: boolean;
}

/** What one file needs to know of the tree around it. Paths that it gives are absolute, with forward slashes. */
export interface Project {
  /** The text of a file, or undefined when it does not exist. */
  read(file: string): string | undefined;
  /** The modules that a file imports, requires or re-exports. */
  modulesOf(file: string): readonly string[];
  /** The source file that a module specifier of `file` leads to. */
  resolve(file: string, specifier: string): string | undefined;
  /**
   * The specifiers that the aliases around `file` give a source file, with or without its extension; by the path from
   * `baseUrl` only where the file has imported another one, `like`, by such a path.
   */
  aliasesTo(file: string, target: string, like: Resolved): string[];
  /** The package of the workspace that a file is in, where that is not the asking file's own. */
  packageAcross(file: string, target: string): PackageAcross | undefined;
  /** The extension that relative imports have in the tree around a file; none where its compiler settings allow it. */
  importHabitOf(file: string): string;
  /** The cache module that `file` is to import from. */
  cacheModuleOf(file: string): string | undefined;
  /** Whether the file is the cache module, or a part that it builds the agent with. */
  isCacheFile(file: string): boolean;
  /** The folder of the nearest package.json above the file. */
  packageRootOf(file: string): string | undefined;
  /** The other source files of the file's package or workspace, tests included, that import it directly. */
  importersOf(file: string): string[];
  /**
   * The imports in other source files of the file's package or workspace, tests included, that end as one of this file
   * would, and that nothing in the tree explains.
   */
  unexplainedImportersOf(file: string): readonly { file: string; specifier: string }[];
  /** Whether the tree says what a specifier means that leads to none of its files: a declared package, a module of Node.js. */
  isExplained(file: string, specifier: string): boolean;
  /** The other source files, tests aside, that get at what the file exports, by whatever others hand on. */
  dependentsOf(file: string): string[];
  /** The other source files of the file's package, tests aside, that contain a name. */
  filesMentioning(file: string, name: string): string[];
  /** The same of all packages of its workspace. */
  filesOfAllMentioning(file: string, name: string): string[];
  /** Whether the file is among those that the run migrates. */
  isToMigrate(file: string): boolean;
  /** Whether a generator wrote the file, which would undo what is changed in it. */
  isGenerated(file: string): boolean;
  /** Whether the files that a file depends on are written before it. */
  settlesInOrder: boolean;
  /** The major version of Express that the file's package asks for; undefined when it asks for none. */
  expressMajorOf(file: string): number | undefined;
}
