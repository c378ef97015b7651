/**
 * How a tree writes and imports its modules: TypeScript with `.ts`, `.js` or no extension in its imports, plain
 * JavaScript modules, or CommonJS.
 */
export type Flavour = 'ts' | 'ts-js' | 'ts-bare' | 'esm' | 'cjs';

/**
 * A small Express tree. A line of its files that ends with a `left` comment (`// left: agent-kept`) is a place that the
 * codemod has to leave for a person, for the reason with that id (several, with commas, where it has several places), and
 * no other line is.
 */
export interface Tree {
  name: string;
  flavour?: Flavour;
  /**
   * Text by path below `src`. `routes/main.*` exports the `router` that is mounted, and every function that
   * `tasks/main.*` exports is answered under `/tasks/<name>`. `%ext` stands for the extension in imports.
   */
  files: Readonly<Record<string, string>>;
  /** Asked after the ones that follow from the routes themselves: a method and a path, and ` & ` between some at a time. */
  requests?: readonly string[];
  /** Files of the tree outside of `src`, or in place of those that every tree gets. */
  root?: Readonly<Record<string, string>>;
  /** What the trees of its group say in their `agent-cache.config.json`; such a tree is to be migrated in full. */
  config?: GroupConfig;
  /** The folder of the package in the tree, for a part of a monorepo. */
  folder?: string;
  /** Files below `src` that have to stay as they are, byte by byte. */
  untouched?: readonly string[];
  /** How the agent fails in the runs that are compared; `none` alone for what differs by intent. */
  failures?: readonly Failure[];
  /** How many agents all requests together build after the migration; 1 by default where nothing is left. */
  agents?: number;
}

/** Options for which trees are migrated apart from those that need none. */
export type GroupConfig = { sync?: true; keyed?: true; builtBy?: string };

export type Failure = 'none' | 'construct' | 'connect';

const MARK = /\/[/*] left\b(?:: ([\w, -]*\w))?/;

/** A line that has to be left: 1-based, with the ids of the reasons in the order of the alphabet. */
export interface MarkedLine {
  line: number;
  ids: string[];
}

/** The lines of a text that are marked as left for a person. */
export function markedLines(text: string): MarkedLine[] {
  return text.split(/\r\n|\n|\r/).flatMap((each, index) => {
    const mark = MARK.exec(each);
    return mark ? [{ line: index + 1, ids: (mark[1]?.split(/,\s*/) ?? []).sort() }] : [];
  });
}

/** Whether the whole tree can be migrated. */
export function isFull(tree: Tree): boolean {
  return Object.values(tree.files).every((text) => markedLines(text).length === 0);
}

/** Which trees are migrated together: those in full, those with places left, or those of a configuration. */
export function groupOf(tree: Tree): string {
  if (tree.config === undefined) return isFull(tree) ? 'full' : 'left';
  return Object.entries(tree.config).flat().join('-');
}

/** Every so many trees of each group, the first of it among them. */
export function eachNth(trees: readonly Tree[], stride: number): Tree[] {
  const seen = new Map<string, number>();
  return trees.filter((tree) => {
    const at = seen.get(groupOf(tree)) ?? 0;
    seen.set(groupOf(tree), at + 1);
    return at % stride === 0;
  });
}
