import path from 'node:path';
import { absolutePath, isBareSpecifier, joinToFolder } from '../source/specifiers.ts';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import { cacheModuleFiles, findCacheModule } from './cache-module.ts';
import { dependentsOf } from './dependents.ts';
import { expressAround } from './express-version.ts';
import { foldersAbove } from './files.ts';
import { type Files, filesNow } from './files-once.ts';
import { repositoryOf } from './git.ts';
import { importHabit } from './import-habit.ts';
import { isMarkedGenerated, saysGenerated } from './generated.ts';
import { ImportIndex, type Naming } from './importers.ts';
import { Mentions } from './mentions.ts';
import { sourcesBelow } from './sources-below.ts';
import { isMigratableFile } from './excluded.ts';
import { importRootOf, isWorkspace } from './packages.ts';
import { linkedPackages } from './linked-packages.ts';
import { builtFrom, compiledFrom } from './built-from.ts';
import { isExplained, isListed } from './explained-specifiers.ts';
import { aliasesTo, aliasTargets, compilersOf } from './path-aliases.ts';
import { packageAround, workspaceModules, workspacePackages } from './workspace-packages.ts';

/** Which files a run migrates, and where the files of trees without a package.json end. */
export interface ProjectScope {
  root: string | undefined;
  isToMigrate(file: string): boolean;
  /** Whether files below a folder are among those. */
  reaches(folder: string): boolean;
  files: Files;
}

/** All of it, looked at once: for questions from beside a run. */
export function wholeProject(options: CodemodOptions, files: Files): Project {
  return fileProject(options, { ...EVERYTHING, files });
}

const EVERYTHING: ProjectScope = {
  root: undefined,
  isToMigrate: (file) => isMigratableFile(path.basename(file)),
  reaches: () => false,
  // Files that are given one by one may change between two of them.
  files: filesNow,
};

/** The project that the files on disk make up. What it has found out about a folder it remembers. */
export function fileProject(options: CodemodOptions, scope: ProjectScope = EVERYTHING): Project {
  const { files } = scope;
  const cacheModules = new Map<string, string | undefined>();
  const cacheFiles = new Map<string, Set<string>>();
  const importRoots = new Map<string, string>();
  const workspaces = new Map<string, ReadonlyMap<string, string>>();
  const linked = new Map<string, ReadonlyMap<string, string>>();
  const importIndexes = new Map<string, ImportIndex>();
  const indexesAround = new Map<string, ImportIndex>();
  const resolved = new Map<string, string | undefined>();
  const mentions = new Map<string, Mentions>();
  const mentionsOfAll = new Map<string, Mentions>();
  const packageRoots = new Map<string, string | undefined>();
  const expressVersions = new Map<string, (file: string) => number | undefined>();
  const importers = new Map<string, string[]>();
  const unexplained = new Map<string, Naming[]>();
  const dependents = new Map<string, string[]>();
  const habits = new Map<string, string>();
  const generated = new Map<string, boolean>();

  const resolve = (file: string, specifier: string): string | undefined =>
    remembered(resolved, `${path.posix.dirname(absolutePath(file))}\n${specifier}`, () =>
      find(file, specifier),
    );

  const find = (file: string, specifier: string): string | undefined => {
    const targets = specifier.startsWith('.')
      ? [joinToFolder(file, specifier)]
      : path.isAbsolute(specifier)
        ? [specifier]
        : aliasTargets(absolutePath(file), specifier, files);
    return firstDefined(targets, (each) => sourceAt(file, each)) ?? fromWorkspace(file, specifier)[0];
  };

  /** What a specifier means by other conditions of `imports` and `exports` than that by which it is followed. */
  const otherwise = (file: string, specifier: string): string[] => {
    const isOwn = specifier.startsWith('#');
    const targets = isOwn ? aliasTargets(absolutePath(file), specifier, files) : [];
    const found = isOwn
      ? targets.flatMap((each) => sourceAt(file, each) ?? [])
      : fromWorkspace(file, specifier);
    return found.filter((each) => each !== resolve(file, specifier));
  };

  /** The source of a module path: what it was built from, where it lies in the output of a build. */
  const sourceAt = (file: string, modulePath: string): string | undefined => {
    const compiled = compiledFrom(modulePath, compilersOf(absolutePath(file), files));
    const packageRoot = packageRootOf(file);
    const candidates = [
      // What was built imports what was built.
      ...(compiledFrom(absolutePath(file), compilersOf(absolutePath(file), files)).length > 0
        ? []
        : compiled),
      modulePath,
      ...(packageRoot === undefined ? [] : builtFrom(modulePath, packageRoot)),
    ];
    return firstDefined(candidates, (each) => files.probeModule(each));
  };

  const fromWorkspace = (file: string, specifier: string): string[] => {
    if (!isBareSpecifier(specifier) || specifier.startsWith('node:')) return [];
    const packages = packagesAround(file);
    if (packages.size > 0) return workspaceModules(specifier, packages, files);
    // A package may name itself, and mean what it exports.
    const own = packageRootOf(file);
    const name = own === undefined ? undefined : files.objectAt(path.posix.join(own, 'package.json')).name;
    if (own === undefined || typeof name !== 'string' || !`${specifier}/`.startsWith(`${name}/`)) return [];
    return workspaceModules(specifier, new Map([[name, own]]), files);
  };

  const packagesAround = (file: string) => {
    const root = importRoot(file);
    const own = packageRootOf(file) ?? root;
    return remembered(linked, own, () => {
      const packages = remembered(workspaces, root, () => workspacePackages(root));
      const others = linkedPackages(own, root, packages, files);
      // The names that the package itself gives come first, and stand for the folders that it gives them.
      return others.size === 0 ? packages : new Map([...others, ...packages, ...others]);
    });
  };

  const cacheModuleOf = (file: string) =>
    remembered(cacheModules, path.posix.dirname(absolutePath(file)), () =>
      findCacheModule(absolutePath(file), options, files),
    );

  const packageRootOf = (file: string) =>
    remembered(packageRoots, path.posix.dirname(absolutePath(file)), () =>
      [...foldersAbove(absolutePath(file))].find((folder) =>
        files.isFile(path.posix.join(folder, 'package.json')),
      ),
    );

  const rootOf = (file: string) =>
    packageRootOf(file) ?? scope.root ?? path.posix.dirname(absolutePath(file));

  const importRoot = (file: string) =>
    remembered(
      importRoots,
      path.posix.dirname(absolutePath(file)),
      () => importRootOf(absolutePath(file), files) ?? scope.root ?? path.posix.dirname(absolutePath(file)),
    );

  const indexOf = (root: string) =>
    remembered(importIndexes, root, () => {
      const entersPackage = isWorkspace(root, files) ? () => true : scope.reaches.bind(scope);
      return new ImportIndex(
        () => sourcesBelow(root, entersPackage),
        (file) => files.modulesOf(file),
        { resolve, otherwise },
      );
    });

  const isGenerated = (file: string) =>
    remembered(
      generated,
      absolutePath(file),
      () =>
        saysGenerated(files.read(absolutePath(file)) ?? '') ||
        isMarkedGenerated(absolutePath(file), (each) => files.read(each)),
    );

  /** Of all files of the repository around a package: others that are not known to know it may name its files by paths. */
  const indexAround = (root: string) => {
    const around = repositoryOf(root) ?? scope.root;
    if (around === undefined || !root.startsWith(`${around}/`)) return undefined;
    return remembered(
      indexesAround,
      around,
      () =>
        new ImportIndex(
          () => sourcesBelow(around, () => true),
          (each) => files.modulesOf(each),
          { resolve, otherwise },
        ),
    );
  };

  const importersOf = (file: string) =>
    remembered(importers, absolutePath(file), () => {
      const root = importRoot(file);
      const own = indexOf(root).importersOf(absolutePath(file));
      const around = indexAround(root)?.importersOf(absolutePath(file)) ?? [];
      const beside = around.filter((each) => !each.startsWith(`${root}/`));
      return beside.length === 0 ? own : [...own, ...beside].sort();
    });

  const unexplainedImportersOf = (file: string) =>
    remembered(unexplained, absolutePath(file), () =>
      indexOf(importRoot(file)).unsure(absolutePath(file), (each) =>
        isExplained(each.specifier, absolutePath(each.file), files),
      ),
    );

  const migratableBelow = (root: string, entersPackage?: () => boolean) =>
    [...sourcesBelow(root, entersPackage)]
      .map(({ file }) => file)
      .filter((file) => isMigratableFile(path.posix.basename(file)));

  const mentionsBelow = (root: string, entersPackage?: () => boolean) =>
    remembered(
      entersPackage ? mentionsOfAll : mentions,
      root,
      () => new Mentions(() => migratableBelow(root, entersPackage), files),
    );

  return {
    read: (file) => files.read(file),
    modulesOf: (file) => files.modulesOf(file),
    settlesInOrder: scope !== EVERYTHING,
    resolve,
    aliasesTo: (file, target, like) => aliasesTo(absolutePath(file), target, { like, files }),
    packageAcross(file, target) {
      const holder = packageAround(target, packagesAround(file));
      if (!holder || absolutePath(file).startsWith(`${holder.folder}/`)) return undefined;
      const listing = [packageRootOf(file) ?? importRoot(file), importRoot(file)];
      return { ...holder, listed: listing.some((folder) => isListed(holder.name, folder, files)) };
    },
    importHabitOf: (file) =>
      remembered(habits, rootOf(file), () => importHabit(absolutePath(file), rootOf(file), files)),
    cacheModuleOf,
    packageRootOf,
    isToMigrate: (file) => scope.isToMigrate(file) && !isGenerated(file),
    isGenerated,
    importersOf,
    unexplainedImportersOf,
    isExplained: (file, specifier) => isExplained(specifier, absolutePath(file), files),
    dependentsOf: (file) =>
      remembered(dependents, absolutePath(file), () =>
        dependentsOf(absolutePath(file), importersOf, (each) => files.read(each)),
      ),
    filesMentioning: (file, name) =>
      mentionsBelow(rootOf(file))
        .of(name)
        .filter((other) => other !== absolutePath(file)),
    filesOfAllMentioning(file, name) {
      const isOne = !isWorkspace(importRoot(file), files);
      const index = isOne ? mentionsBelow(rootOf(file)) : mentionsBelow(importRoot(file), () => true);
      return index.of(name).filter((other) => other !== absolutePath(file));
    },
    isCacheFile(file) {
      const cacheModule = cacheModuleOf(file);
      if (!cacheModule) return false;
      return remembered(cacheFiles, cacheModule, () =>
        cacheModuleFiles(cacheModule, options.agentClass, resolve, files),
      ).has(absolutePath(file));
    },
    expressMajorOf: (file) =>
      remembered(expressVersions, packageRootOf(file) ?? path.posix.dirname(absolutePath(file)), () =>
        expressAround(absolutePath(file)),
      )(absolutePath(file)),
  };
}

function firstDefined<In, Out>(values: readonly In[], find: (value: In) => Out | undefined): Out | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, find: () => Value): Value {
  const present = known.get(key);
  if (present !== undefined || known.has(key)) return present as Value;
  const found = find();
  known.set(key, found);
  return found;
}
