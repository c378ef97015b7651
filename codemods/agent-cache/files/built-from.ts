import path from 'node:path';
import type { CompilerConfig } from './compiler-config.ts';

/** Where a build is written to that no config of a compiler names. */
const OUTPUT = /^(dist|build|out|lib)\//;

/** The paths of the sources that a compiler wrote a module path from; none for what lies in no `outDir`. */
export function compiledFrom(modulePath: string, configs: readonly CompilerConfig[]): string[] {
  return configs.flatMap(({ outDir, rootDir, folder }) => {
    if (outDir === undefined || outDir === folder || !modulePath.startsWith(`${outDir}/`)) return [];
    const inner = modulePath.slice(outDir.length + 1);
    // Without a `rootDir`, it is the folder that all sources have in common.
    const roots = rootDir === undefined ? [path.posix.join(folder, 'src'), folder] : [rootDir];
    return roots.map((root) => path.posix.join(root, inner));
  });
}

/** The paths of the sources that a module path which leads nowhere may be built from, in the package of a folder. */
export function builtFrom(modulePath: string, packageFolder: string): string[] {
  const inner = path.posix.relative(packageFolder, modulePath);
  if (!OUTPUT.test(inner)) return [];
  const unbuilt = inner.replace(OUTPUT, '');
  return [path.posix.join(packageFolder, 'src', unbuilt), path.posix.join(packageFolder, unbuilt)];
}
