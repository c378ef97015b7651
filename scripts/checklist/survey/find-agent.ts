import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { importedModules } from '../../../codemods/agent-cache/source/imported-modules.ts';
import type { Detection } from '../detector.ts';
import type { ModuleGraph } from '../source/module-graph.ts';

/** Where the agent's class is. */
export interface AgentFound {
  /** Absolute paths of the modules that the class is imported from, as --agent-module says. */
  modules: string[];
  /** The files that declare it. */
  declaredIn: string[];
  /** The package it comes from, where it is none of the tree's own. */
  packageName?: string;
}

/** Why the agent's class was not found, with what could be meant instead. */
export interface AgentMissing {
  problem: string;
}

/** Looks for the class that the options name: without it, nothing that builds one could be seen. */
export function findAgent(
  root: string,
  detection: Detection,
  options: CodemodOptions,
  graph: ModuleGraph,
): AgentFound | AgentMissing {
  const { agentClass, agentModule } = options;
  const own = [...detection.read]
    .filter((file) => isModule(file, agentModule))
    .map((file) => path.join(root, file));
  const declaring = own.filter((file) => exportsClass(graph, file, agentClass));
  if (declaring.length > 0) return found(graph, declaring, agentClass);
  const elsewhere = importedElsewhere(root, detection, options, graph);
  if (elsewhere !== undefined) return elsewhere;
  return { problem: describeProblem(root, detection, options, own, graph) };
}

function isModule(file: string, agentModule: string): boolean {
  const bare = file.replace(/\.[cm]?[jt]sx?$/, '');
  return [bare, bare.replace(/\/index$/, '')].some(
    (each) => each === agentModule || each.endsWith(`/${agentModule}`),
  );
}

function found(graph: ModuleGraph, modules: string[], agentClass: string): AgentFound {
  const declaredIn = modules.map((file) => {
    const origin = graph.origin(file, agentClass) ?? graph.origin(file, 'default');
    return origin !== undefined && 'model' in origin ? origin.model.file : file;
  });
  return { modules, declaredIn: [...new Set(declaredIn)] };
}

/** Whether a module exports the class: under its name, or as what it exports by default. */
function exportsClass(graph: ModuleGraph, file: string, agentClass: string): boolean {
  const model = graph.model(file);
  // The gate has its own finding for a file that does not parse.
  if (model === undefined) return readText(file).includes(agentClass);
  if (graph.origin(file, agentClass) !== undefined) return true;
  const whole = graph.origin(file, 'default');
  if (whole === undefined) return graph.isOpen(file) && readText(file).includes(agentClass);
  if ('outside' in whole) return readText(file).includes(agentClass);
  const { exported, model: owner } = whole;
  const name =
    'local' in exported
      ? exported.local
      : 'node' in exported && 'id' in exported.node && exported.node.id?.type === 'Identifier'
        ? exported.node.id.name
        : undefined;
  return name === undefined || name === agentClass || readText(owner.file).includes(agentClass);
}

/** A class that files of the tree import from outside: from a package, or from beside the root. */
function importedElsewhere(
  root: string,
  { naming }: Detection,
  { agentClass, agentModule }: CodemodOptions,
  graph: ModuleGraph,
): AgentFound | undefined {
  let packageName: string | undefined;
  for (const itemPath of naming) {
    const file = path.join(root, itemPath);
    const text = readText(file);
    if (!text.includes(agentClass)) continue;
    for (const specifier of importedModules(text)) {
      if (!isModule(specifier, agentModule)) continue;
      const target = graph.resolve(file, specifier);
      if (target !== undefined && exportsClass(graph, target, agentClass))
        return found(graph, [target], agentClass);
      if (target === undefined && !specifier.startsWith('.') && isInstalled(file, specifier))
        packageName ??= specifier;
    }
  }
  return packageName === undefined ? undefined : { modules: [], declaredIn: [], packageName };
}

/** Whether a package is there, or at least asked for: a checkout in CI may have no dependencies yet. */
function isInstalled(file: string, specifier: string): boolean {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'node_modules', name))) return true;
    if (readText(path.join(folder, 'package.json')).includes(`"${name}"`)) return true;
    if (folder === path.dirname(folder)) return false;
  }
}

function describeProblem(
  root: string,
  { naming, scanned }: Detection,
  { agentClass, agentModule }: CodemodOptions,
  own: readonly string[],
  graph: ModuleGraph,
): string {
  const shown = (file: string) => path.relative(root, file).split(path.sep).join('/');
  const named = [...naming].map((file) => ({ file, text: readText(path.join(root, file)) }));
  const declares = new RegExp(`\\bclass\\s+${escaped(agentClass)}\\b`);
  const [declaring] = named.filter(({ text }) => declares.test(text));
  if (own[0] !== undefined) {
    const names = [...(graph.model(own[0])?.exports.keys() ?? [])].filter((name) => /^[A-Z]/.test(name));
    const meant = names.length === 0 ? '' : `; it exports ${names.join(', ')}: --agent-class ${names[0]}?`;
    return `${shown(own[0])} exports no class ${agentClass}${meant}`;
  }
  const missing = `no module of this tree is ${agentModule}`;
  if (declaring !== undefined) {
    const module = declaring.file.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
    const end = module.split('/').slice(-2).join('/');
    return `${missing}; ${declaring.file} declares ${agentClass}: --agent-module ${end}?`;
  }
  if (named.some(({ text }) => text.includes(agentClass)))
    return `${missing}, and none of its files declares a class ${agentClass}`;
  return `${missing}, and no file of the ${scanned} that were read mentions a class ${agentClass}`;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function escaped(name: string): string {
  return name.replaceAll('$', '\\$');
}
