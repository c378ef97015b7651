import path from 'node:path';
import { importedModules } from '../source/imported-modules.ts';

/** Files of commands: scripts of a shell, of packages, of pipelines and images. */
const COMMANDS =
  /^(package\.json|[Mm]akefile|[Jj]ustfile|Dockerfile.*|Procfile)$|\.(sh|bash|zsh|mk|ya?ml|dockerfile)$/;
const RUNTIME = '\\b(?:node|nodejs|tsx|ts-node|esno|bun|deno|swc-node|babel-node|vite-node|jiti)\\b';
/** `node -e "…"`, `tsx --eval "…"`, `node - <<EOF`, `echo "…" | node` */
const RUNS_CODE = new RegExp(
  `${RUNTIME}[^\\n|;&]*?\\s(?:-[a-z]*[ep]|--eval|--print|eval)\\b|${RUNTIME}[^\\n]*<<|\\|\\s*(?:npx\\s+)?${RUNTIME}`,
);

/** Whether a file of this name has commands, which may run code that is written out in them. */
export function hasCommands(name: string): boolean {
  return COMMANDS.test(name);
}

/** Whether a folder whose name hides it holds commands of pipelines and hooks. */
export function holdsCommands(name: string): boolean {
  return /^\.(github|gitlab|circleci|husky|buildkite)$/.test(name);
}

/** The modules that a file names; of one with commands, those of the code that these run. */
export function modulesNamed(file: string, text: string): string[] {
  if (!hasCommands(path.basename(file))) return importedModules(text);
  return RUNS_CODE.test(text) ? importedModules(text.replaceAll('\\"', '"')) : [];
}
