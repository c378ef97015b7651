import { isVariableOfRequests } from '../../../codemods/agent-cache/flow/interpreter/set-in-requests.ts';
import { clientName } from '../../../codemods/agent-cache/source/client-noun.ts';
import path from 'node:path';
import { fileBuiltBy } from '../../../codemods/agent-cache/survey/modules/agent-file.ts';
import { type CodemodOptions, keyedGetter } from '../../../codemods/agent-cache/options.ts';
import { buildsInSomeEnvironment, type Conduct, conductOf, type Subject } from '../cache/judge-factory.ts';
import { conductOfEntries } from '../cache/judge-way.ts';
import type { AgentName } from '../cache/machine.ts';
import { mixedParts, type Part } from '../cache/mixed-arguments.ts';
import { OF_REQUEST } from '../cache/samples.ts';
import { UNTOLD } from '../cache/way.ts';
import type { Detection } from '../detector.ts';
import { toItemPath } from '../item-paths.ts';
import type { Finding } from '../report.ts';
import type { ModuleGraph } from '../source/module-graph.ts';
import { describeParts } from './describe-parts.ts';
import { functionAt } from './dropping-helpers.ts';
import { type Entries, entriesOf } from './entries.ts';
import { plainImports } from './plain-imports.ts';
import { isFunction } from './way-syntax.ts';
import { placeOfText, usedNames } from './used-names.ts';

/** What the questions about a tree need. */
export interface Scene {
  root: string;
  graph: ModuleGraph;
  agent: AgentName;
  options: CodemodOptions;
  detection: Detection;
}

/** The same, once it is known where the caches are. */
export interface FullScene extends Scene {
  /** Absolute. */
  cacheModules: readonly string[];
  /** Whether a function, called with nothing, is known to give one agent to all. */
  isShared: (file: string, name: string) => boolean;
}

/** Whether a cache module shares its agent, as far as its source tells. */
export interface CacheVerdict {
  isVerified: boolean;
  /** The functions that give one agent to all, whatever else is wrong. */
  shared: readonly string[];
  /** Why it is not verified, where nothing is wrong with it either. */
  why?: string;
  /** What it does that a run of it in some process cannot settle for those of others. */
  unsure?: string;
  /** Why nothing can be told of it: the class that it builds is not the one that was looked for, or it has no such function. */
  doubt?: string;
  findings: Finding[];
}

/** Asks a cache module for the agent twice, as far as its source can be followed. */
export function verifyCacheModule(file: string, scene: Scene): CacheVerdict {
  const { root, graph, agent, options } = scene;
  const module = toItemPath(root, file);
  const other = otherAgentOf(file, scene);
  if (other !== undefined) {
    const message = `${module} builds the ${options.agentClass} of ${toItemPath(root, other)}, which is not the one that was looked for`;
    return { isVerified: false, shared: [], doubt: message, why: message, findings: [] };
  }
  const entries = entriesOf(file, scene);
  const doubt = entries === undefined ? lackingGetter(file, scene) : undefined;
  const isKeyedAlone = entries !== undefined && graph.origin(file, options.factory) === undefined;
  const asked = [
    ...(isKeyedAlone
      ? []
      : [
          {
            name: options.factory,
            conduct: conduct(graph, agent, { file, name: options.factory }),
            method: '',
          },
        ]),
    ...(isUsed(options.provider, file, scene)
      ? [
          {
            name: options.provider,
            conduct: conduct(graph, agent, { file, name: options.provider, method: 'getAgent' }),
            method: '.getAgent()',
          },
        ]
      : []),
  ];
  const findings: Finding[] = asked
    .filter(({ conduct: each }) => each === 'builds' || each === 'renews' || each === 'wastes')
    .map(({ name, method, conduct: each }) => {
      const called = method === '' ? `${name}()` : `${name}(…)${method}`;
      return {
        file: module,
        ...placeOfText(file, name),
        rule: 'cache' as const,
        id: 'cache-builds',
        ...(each === 'wastes'
          ? {
              message: `the cache builds past itself: ${called} builds a new ${clientName(options)} at each call, beside the one that it keeps`,
              hint: 'use the agent that is kept',
            }
          : {
              message: `the cache caches nothing: ${called} builds a new ${clientName(options)} at each call`,
              hint: 'keep the agent in a variable of the module, or write a cache with the codemod’s --init',
            }),
      };
    });
  if (entries?.conduct === 'builds' || entries?.conduct === 'mixes')
    findings.push(entriesFinding(entries, file, scene));
  for (const { name, method } of asked) {
    const parts = method === '' ? partsOfRequests(file, name, scene) : [];
    if (parts.length > 0) findings.push(mixingFinding(name, parts, file, scene));
  }
  const unsure = asked.filter(
    ({ name, method, conduct: each }) =>
      each !== 'shares' && !(each === 'unknown' && method === '' && keepsForEach(file, name, scene)),
  );
  const started = unsure.find(
    ({ name, method, conduct: each }) =>
      each === 'unknown' &&
      asksHowItStarted({ file, name, ...(method === '' ? {} : { method: 'getAgent' }) }, scene),
  );
  const by =
    started && `${started.name} asks how its process was started, which may be another way elsewhere`;
  return {
    ...(doubt === undefined ? {} : { doubt }),
    ...(by === undefined ? {} : { unsure: by }),
    isVerified: unsure.length === 0 && (entries === undefined || entries.conduct === 'keeps'),
    shared: asked.flatMap(({ name, method, conduct: each }) =>
      each === 'shares' && method === '' ? [name] : [],
    ),
    ...(unsure[0] === undefined
      ? entries?.conduct === 'unknown' && {
          why: whyUnsure(entries, keyedGetter(options)),
        }
      : { why: `its source does not show that ${unsure[0].name} gives one instance to all` }),
    findings,
  };
}

/** What its source does not show of a getter with an entry for each set of arguments. */
function whyUnsure({ parts, doubts = [] }: Entries, name: string): string {
  if (doubts.length === 0)
    return `its source does not show that ${name} keeps one instance for each set of arguments`;
  return `its source does not show that ${name} keeps callers apart who differ in ${describeParts(parts)}: it makes ${doubts.join(' and ')} of that, which may be the same for two of them`;
}

/** What tells a program how it was started, beside the environment. */
const STARTED =
  /\bprocess\s*\??\.\s*(?:argv|execArgv|send|connected|std(?:in|out|err)\s*\??\.\s*isTTY|title|ppid)\b|\bisMainThread\b|\bimport\.meta\.main\b|\brequire\.main\b|\bcluster\s*\.\s*is\w+/;

/** Whether a getter may keep an agent in some processes, and build one at each call in others. */
function asksHowItStarted(subject: Subject, { graph, agent, detection }: Scene): boolean {
  return (
    STARTED.test(detection.project.read(subject.file) ?? '') || buildsInSomeEnvironment(graph, agent, subject)
  );
}

/** What the request around has that an agent is built of which the getter gives to the requests of others, too. */
function partsOfRequests(file: string, name: string, scene: Scene): readonly Part[] {
  const { agentClass } = scene.agent;
  const { project } = scene.detection;
  const agent: AgentName = {
    ...scene.agent,
    isOfRequest: (of, variable) => isVariableOfRequests(variable, { file: of, agentClass }, project),
  };
  const { parts } = mixedParts(scene.graph, agent, { way: { file, name, steps: [] } });
  return parts.filter(({ position }) => position === OF_REQUEST);
}

/** Whether a getter that takes something keeps one agent for each of what it may be given. */
function keepsForEach(file: string, name: string, { graph, agent }: Scene): boolean {
  const code = functionAt(graph.origin(file, name));
  if (code === undefined || !isFunction(code) || code.params.length === 0) return false;
  const { parts, doubtful } = mixedParts(graph, agent, { way: { file, name, steps: [] } });
  const way = { file, name, steps: [{ kind: 'call' as const, args: UNTOLD }] };
  return parts.length + doubtful.length === 0 && conductOfEntries(graph, agent, way) === 'nothing';
}

function entriesFinding(entries: Entries, file: string, scene: Scene): Finding {
  const name = keyedGetter(scene.options);
  if (entries.conduct !== 'builds') return mixingFinding(name, entries.parts, file, scene);
  const message = `the cache caches nothing: ${name}(…) builds a new ${clientName(scene.options)} at each call`;
  return entryFinding('cache-builds', name, message, file, scene);
}

function mixingFinding(name: string, parts: readonly Part[], file: string, scene: Scene): Finding {
  const given = `${name}(…) gives one ${clientName(scene.options)} to`;
  const message =
    parts.length === 0
      ? `${given} all, whatever it is given`
      : `${given} callers who differ in ${describeParts(parts)}, of which it was built`;
  return entryFinding('cache-mixes', name, message, file, scene);
}

function entryFinding(id: string, name: string, message: string, file: string, { root }: Scene): Finding {
  return {
    file: toItemPath(root, file),
    ...placeOfText(file, name),
    rule: 'cache',
    id,
    message,
    hint: 'keep one for each set of arguments, as the codemod’s --init --keyed does',
  };
}

/** That a cache module has functions, and none of the name that was asked for; undefined where it may have it. */
function lackingGetter(file: string, { root, graph, options }: Scene): string | undefined {
  const { factory } = options;
  const names = [...(graph.model(file)?.exports.keys() ?? [])].filter((each) => each !== 'default');
  if (names.length === 0 || graph.origin(file, factory) !== undefined || graph.isOpen(file)) return undefined;
  const meant = names.find((each) => each.startsWith('get')) ?? names[0];
  return `${toItemPath(root, file)} exports no ${factory}; it exports ${names.join(', ')}: --factory ${meant}?`;
}

function conduct(graph: ModuleGraph, agent: AgentName, subject: Parameters<typeof conductOf>[2]): Conduct {
  const origin = graph.origin(subject.file, subject.name);
  return origin === undefined || 'outside' in origin ? 'unknown' : conductOf(graph, agent, subject);
}

/** The file of another class of the same name that the cache module builds; undefined where it builds the right one. */
function otherAgentOf(file: string, { detection, options, agent }: Scene): string | undefined {
  const built = fileBuiltBy(file, detection.project, options);
  return built === undefined || built === file || agent.isAgentModule(built) ? undefined : built;
}

/** Whether another file than the cache module names a function of it. */
function isUsed(name: string, cacheModule: string, { root, detection }: Scene): boolean {
  return [...detection.namingCache].some((each) => {
    const file = path.join(root, each);
    return file !== cacheModule && detection.project.read(file)?.includes(name) === true;
  });
}

/** Names that files import of a cache module and that it does not export. */
export function missingExports(scene: FullScene): Finding[] {
  const { root, graph, detection, cacheModules } = scene;
  const modules = new Set(cacheModules);
  const known = new Map<string, boolean>();
  const isThere = (file: string, name: string) => {
    const key = `${file}\n${name}`;
    const present = known.get(key) ?? (graph.origin(file, name) !== undefined || graph.isOpen(file));
    known.set(key, present);
    return present;
  };
  return [...detection.namingCache].flatMap((itemPath) => {
    const file = path.join(root, itemPath);
    const text = detection.project.read(file) ?? '';
    const specifiers = detection.project
      .modulesOf(file)
      .filter((each) => modules.has(graph.resolve(file, each) ?? ''));
    if (specifiers.length === 0) return [];
    const plain = plainImports(text, specifiers);
    if (plain?.every(({ specifier, name }) => isThere(graph.resolve(file, specifier) ?? '', name))) return [];
    const model = graph.model(file);
    if (model === undefined) return [];
    return usedNames(model, graph)
      .filter(
        ({ target, imported }) =>
          target !== undefined && modules.has(target) && !isThere(target, imported.name),
      )
      .map(({ imported, target = '' }) => ({
        file: itemPath,
        ...placeOfText(file, imported.name),
        rule: 'cache' as const,
        id: 'cache-lacks-export',
        message: `takes ${imported.name} from ${toItemPath(root, target)}, which does not export it`,
        hint: 'export it there, or import what the module does export',
      }));
  });
}
