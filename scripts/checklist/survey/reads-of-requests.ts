import path from 'node:path';
import type { Node } from '@babel/types';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import {
  CONSTRUCTOR_READS_NOTHING,
  METHOD_KEEPS_NOTHING,
} from '../../../codemods/agent-cache/flow/effects/assumed.ts';
import { constructionOfClass } from '../../../codemods/agent-cache/flow/interpreter/agent-effects.ts';
import { isSetInRequests } from '../../../codemods/agent-cache/flow/interpreter/set-in-requests.ts';
import {
  type KeptOfRequest,
  keptOfRequests,
} from '../../../codemods/agent-cache/flow/interpreter/kept-of-requests.ts';
import { readOfRequests } from '../../../codemods/agent-cache/flow/interpreter/reads-of-getter.ts';
import type { Global } from '../../../codemods/agent-cache/survey/values/global-values.ts';
import { keyedGetter } from '../../../codemods/agent-cache/options.ts';
import { takenWhileBuilt } from '../../../codemods/agent-cache/flow/effects/taken-while-built.ts';
import { readingOf } from '../../../codemods/agent-cache/flow/interpreter/reading-of.ts';
import { asksTheRequest } from '../cache/packages.ts';
import type { AgentFound } from './find-agent.ts';
import { toItemPath } from '../item-paths.ts';
import type { Finding } from '../report.ts';
import { functionAt } from './dropping-helpers.ts';
import { differsByCall } from './given-to-method.ts';
import { isFunction, lastName } from './way-syntax.ts';
import { placeOfText } from './used-names.ts';
import type { FullScene } from './verify-cache.ts';

/**
 * Caches of an agent whose constructor reads what is of a request: what it read for one serves the others. Where nothing
 * shows that what it reads is the same for all, or the cache may keep one for each, it is a doubt.
 */
export function findReadsOfRequests(
  scene: FullScene,
  { declaredIn }: AgentFound,
): { findings: Finding[]; doubts: string[] } {
  const { root, options, detection, cacheModules } = scene;
  const { agentClass, keyed, factory } = options;
  const name = keyed === true ? keyedGetter(options) : factory;
  const findings: Finding[] = [];
  const doubts: string[] = [];
  const types = declaredIn.map((file) => ({ file, type: agentClass }));
  const troubles =
    cacheModules.length === 0
      ? []
      : [
          ...[...types, ...extensionsIn(cacheModules, scene)].flatMap((each) => troublesOf(each, scene)),
          ...cacheModules.flatMap((file) => takenBy(file, scene)),
        ];
  for (const { what, isShown, vouch, cure, isGiven } of troubles) {
    const orVouch = `where you know that it is the same for all, say so in agent-cache.config.json: "assume": [{ ${vouch}, "why": "…" }]`;
    for (const file of cacheModules) {
      if (!isShown || mayAskItself(file, isGiven ? undefined : declaredIn, scene)) {
        doubts.push(`${what}, and nothing shows that this is the same for every request; ${orVouch}`);
        continue;
      }
      findings.push({
        file: toItemPath(root, file),
        ...placeOfText(file, name),
        rule: 'cache',
        id: 'cache-mixes',
        message: `the cache gives what one request has to others: ${what}`,
        hint: `${cure}; ${orVouch}`,
      });
    }
  }
  for (const file of cacheModules) {
    const read = readOfRequests(file, name, agentClass, detection.project);
    if (read === undefined || isOfStart(read, scene)) continue;
    const before = (detection.project.read(read.at.file) ?? '').slice(0, read.at.offset);
    const line = before.split(/\r\n|\n|\r/).length;
    doubts.push(
      `${name} reads ${read.what} (line ${line} of ${toItemPath(root, read.at.file)}), which requests set, and nothing shows that no agent is built of it`,
    );
  }
  return { findings, doubts };
}

/** Something of requests that a class keeps, and how to vouch that it is the same for all. */
interface Trouble {
  what: string;
  isShown: boolean;
  vouch: string;
  cure: string;
  /** Of what the cache gives: then what its other modules ask the request for is seen to be that. */
  isGiven?: boolean;
}

/** What the constructor of a class reads of the request around it, and what its methods keep of that. */
function troublesOf({ file, type }: { file: string; type: string }, scene: FullScene): Trouble[] {
  const { root, options, detection } = scene;
  const { agentClass, assume = [] } = options;
  const found = constructionOfClass(file, type, detection.project);
  const isVouched = (asked: string, ...names: readonly string[]) =>
    [...assume, ...(found?.vouched ?? [])].some(({ id, of }) => id === asked && names.includes(of));
  const at = (place: { file: string; line: number }) =>
    `(line ${place.line} of ${toItemPath(root, place.file)})`;
  const read = found?.constructing.ambient;
  const isBuiltOf = read && !isVouched(CONSTRUCTOR_READS_NOTHING, agentClass) && !isOfStart(read, scene);
  const built = isBuiltOf
    ? [
        {
          what: `the constructor of ${type} reads ${read.what} ${at(read)}`,
          isShown: read.isShown || isOfRequests(read, scene),
          vouch: `"id": "${CONSTRUCTOR_READS_NOTHING}", "of": "${agentClass}"`,
          cure: 'have its methods ask for that, or give it to them',
        },
      ]
    : [];
  const kept = keptOfRequests(file, type, detection.project)
    .filter(({ method }) => !isVouched(METHOD_KEEPS_NOTHING, agentClass, `${agentClass}.${method}`))
    .flatMap((each) => asCallersTell(each, scene))
    .filter(({ line }, index, all) => all.findIndex((each) => each.line === line) === index)
    .map(({ method, name, what, isShown, ...place }) => ({
      what: `${type}.${method} keeps ${what}${name === '*' ? '' : ` in ${name}`} ${at(place)}`,
      isShown,
      vouch: `"id": "${METHOD_KEEPS_NOTHING}", "of": "${agentClass}.${method}"`,
      cure: 'have it ask for that in each call, or keep one for each of it',
    }));
  return [...built, ...kept];
}

/** What a method keeps of its arguments is of a request where its callers give it that. */
function asCallersTell(kept: KeptOfRequest, scene: FullScene): KeptOfRequest[] {
  if (!kept.given) return [kept];
  const differs = differsByCall(kept.method, kept.given, scene);
  const isShown = kept.isShown && differs === 'surely' && givesOneToAll(scene);
  return differs === 'not' ? [] : [{ ...kept, isShown }];
}

/** Whether the cache is asked for its agent with nothing: otherwise there may be one for each caller. */
function givesOneToAll({ cacheModules, graph, options }: FullScene): boolean {
  return cacheModules.every((file) => {
    const code = functionAt(graph.origin(file, options.keyed ? keyedGetter(options) : options.factory));
    return isFunction(code) && code.params.length === 0;
  });
}

/** What the agent's class takes of the request of what a cache builds it with. */
function takenBy(file: string, { root, options, detection: { project } }: FullScene): Trouble[] {
  const { agentClass, assume = [] } = options;
  const reading = readingOf(file, project);
  const isVouched = assume.some(({ id, of }) => id === CONSTRUCTOR_READS_NOTHING && of === agentClass);
  const taken = reading && !isVouched ? takenWhileBuilt({ ...reading, options }) : undefined;
  if (!taken) return [];
  return [
    {
      what: `the constructor of ${agentClass} reads ${taken.what} (line ${taken.line} of ${toItemPath(root, taken.file)}) of what it is given`,
      isShown: true,
      vouch: `"id": "${CONSTRUCTOR_READS_NOTHING}", "of": "${agentClass}"`,
      cure: 'have its methods ask for that, or give it to them',
      isGiven: true,
    },
  ];
}

/** The classes at the top of some files that extend the agent's. */
function extensionsIn(
  files: readonly string[],
  { graph, options }: FullScene,
): { file: string; type: string }[] {
  return files.flatMap((file) =>
    [...(graph.model(file)?.declarations ?? [])].flatMap(([type, node]) => {
      const parent = node.type === 'ClassDeclaration' ? node.superClass : undefined;
      return parent && lastName(parent) === options.agentClass ? [{ file, type }] : [];
    }),
  );
}

/** Whether it is a variable of the environment that only files set as they load: then it is the same for all requests. */
function isOfStart({ what }: { what: string }, { graph, root, detection }: FullScene): boolean {
  const [, name] = /^process\.env\.(\w+)$/.exec(what) ?? [];
  if (name === undefined) return false;
  return [...detection.read].every((each) => {
    const file = path.join(root, each);
    const text = detection.project.read(file) ?? '';
    if (!text.includes('env')) return true;
    const program = graph.model(file)?.program;
    return program !== undefined && !setsInFunction(program, name);
  });
}

/** Whether it is a variable of the environment that the code shows a request to set before it takes an agent. */
function isOfRequests(
  { what, file }: { what: string; file: string },
  { options, detection }: FullScene,
): boolean {
  const [isOfEnvironment, name = '*'] = /^process\.env(?:\.(\w+))?$/.exec(what) ?? [];
  if (isOfEnvironment === undefined) return false;
  const { agentClass } = options;
  const part = { file, agentClass, own: new Set<string>(), origin: { shared: ENVIRONMENT }, name };
  return isSetInRequests(part, detection.project) === 'shown';
}

const ENVIRONMENT: Global = { of: 'process', name: 'env' };

/** Functions that write to the first thing that they are given. */
const WRITES = /^(assign|define|set|delete|merge|extend)/;

/** Whether a function sets or deletes a variable of the environment: by its name, or by one that only a run tells. */
function setsInFunction(node: Node, name: string, isInside = false): boolean {
  if (isInside && sets(node, name)) return true;
  return childrenOf(node).some((each) => setsInFunction(each, name, isInside || isFunction(node)));
}

function sets(node: Node, name: string): boolean {
  switch (node.type) {
    case 'AssignmentExpression':
      return isSetIn(node.left, name);
    case 'ForOfStatement':
    case 'ForInStatement':
      return isSetIn(node.left, name);
    case 'UnaryExpression':
      return node.operator === 'delete' && isSetIn(node.argument, name);
    case 'CallExpression': {
      const [first] = node.arguments;
      return first !== undefined && lastName(first) === 'env' && WRITES.test(lastName(node.callee) ?? '');
    }
    default:
      return false;
  }
}

/** Whether a target, or a part of a pattern, is the variable or may be. */
function isSetIn(target: Node, name: string): boolean {
  if (target.type !== 'MemberExpression') return childrenOf(target).some((each) => isSetIn(each, name));
  if (lastName(target) === name) return true;
  return target.computed && target.property.type !== 'StringLiteral' && lastName(target.object) === 'env';
}

/**
 * Whether a cache may know of the request whose agent it gives: then it may keep one for each.
 * @param declaredIn the files of the agent, which are not asked; undefined where the cache's own alone is
 */
function mayAskItself(
  file: string,
  declaredIn: readonly string[] | undefined,
  { graph, detection }: FullScene,
): boolean {
  const imported =
    declaredIn &&
    [...(graph.model(file)?.imports.values() ?? [])].map(({ specifier }) => graph.resolve(file, specifier));
  return [file, ...(imported ?? [])].some(
    (each) =>
      each !== undefined && !declaredIn?.includes(each) && asksTheRequest(detection.project.read(each) ?? ''),
  );
}
