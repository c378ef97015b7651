import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { File } from '@babel/types';
import type { GeneratedTree } from '../../../scripts/bench/codemod-tree.ts';
import * as generated from '../../../scripts/bench/linked-trees.ts';
import { settingsTree } from './settings-tree.ts';

/** How often a run did something with one file, for the file with which it did so most often. */
export interface Counts {
  tree: string;
  rewired: number;
  read: number;
  parsed: number;
  scoped: number;
  /** How many nodes all walks of the run visited, and how many names it looked up in scopes. */
  steps: number;
  /** How many syntax trees are still there at the end of the run. */
  held: number;
}

/** The times that each key was counted. */
class Tally {
  readonly #counts = new Map<string, number>();

  add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  most(): number {
    return Math.max(0, ...this.#counts.values());
  }

  clear(): void {
    this.#counts.clear();
  }
}

const [read, parsed, scoped] = [new Tally(), new Tally(), new Tally()];
const texts = new WeakMap<object, string>();
let steps = 0;
let trees: WeakRef<File>[] = [];

/** How many syntax trees nobody could let go of. */
async function treesHeld(): Promise<number> {
  setFlagsFromString('--expose-gc');
  // What a reference was asked for stays until the code around that has ended.
  await setImmediate();
  (runInNewContext('gc') as () => void)();
  return trees.filter((each) => each.deref() !== undefined).length;
}

interface Walks {
  visitQueue: (this: object, queue: readonly object[]) => boolean;
}

/** Counts what the parser, the scopes and the disk are asked for from here on. */
function instrument(): void {
  const require = createRequire(import.meta.url);
  const parser = require('@babel/parser') as { parse: (text: string, options: unknown) => File };
  const { parse } = parser;
  parser.parse = (text, options) => {
    parsed.add(text);
    const file = parse(text, options);
    texts.set(file, text);
    trees.push(new WeakRef(file));
    return file;
  };
  const traversing = require('@babel/traverse') as {
    default: (...given: [object, ...unknown[]]) => void;
    Scope: { prototype: { getBinding: (this: object, name: string) => unknown } };
  };
  const traverse = traversing.default;
  const counted: typeof traverse = (...given) => {
    // It walks parts of a tree by itself, too.
    const text = texts.get(given[0]);
    if (text !== undefined) scoped.add(text);
    traverse(...given);
  };
  traversing.default = Object.assign(counted, traverse);
  const { default: Walk } = require('@babel/traverse/lib/context.js') as { default: { prototype: Walks } };
  const { visitQueue } = Walk.prototype;
  Walk.prototype.visitQueue = function visitCounted(queue) {
    steps += queue.length;
    return visitQueue.call(this, queue);
  };
  const { getBinding } = traversing.Scope.prototype;
  traversing.Scope.prototype.getBinding = function getCounted(name) {
    steps += 1;
    return getBinding.call(this, name);
  };
  const { readFileSync } = fs;
  fs.readFileSync = ((file: fs.PathOrFileDescriptor, options: undefined) => {
    if (/\/src\/.*\.ts$/.test(String(file))) read.add(String(file));
    return readFileSync(file, options);
  }) as typeof readFileSync;
  syncBuiltinESMExports();
}

async function run(tree: GeneratedTree, root: string): Promise<Counts> {
  const { migrateTree } = await import('../../../codemods/agent-cache/migrate-tree.ts');
  const { DEFAULT_OPTIONS } = await import('../../../codemods/agent-cache/options.ts');
  tree.write(root);
  for (const tally of [read, parsed, scoped]) tally.clear();
  steps = 0;
  trees = [];
  let rewired = 0;
  const migration = migrateTree([root], DEFAULT_OPTIONS);
  for await (const { occurrences } of migration)
    rewired += occurrences.filter(({ action }) => action !== 'manual').length;
  const most = { read: read.most(), parsed: parsed.most(), scoped: scoped.most() };
  const held = await treesHeld();
  // The run is still there, and what it keeps.
  return { tree: tree.name, rewired, ...most, steps, held: migration.total > 0 ? held : 0 };
}

const root = fs.mkdtempSync(path.join(tmpdir(), 'agent-cache-counted-'));
try {
  instrument();
  const counts: Counts[] = [];
  for (const tree of [
    generated.latticeTree(10, 2),
    generated.latticeTree(10, 3),
    generated.chainTree(30),
    generated.barrelTree(40),
    generated.barrelTree(80),
    generated.attachTree(40, 210),
    generated.linkedTree(300, 50),
    generated.stateTree(30, 80),
    generated.namesakeTree(50),
    generated.namesakeTree(100),
    generated.namesakeTree(12, 200),
    settingsTree(6, 3),
    settingsTree(6, 6),
  ])
    counts.push(await run(tree, path.join(root, String(counts.length))));
  process.stdout.write(JSON.stringify(counts));
} finally {
  fs.rmSync(root, { recursive: true, force: true });
}
