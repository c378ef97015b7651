import { aClient, clientName } from '../../../codemods/agent-cache/source/client-noun.ts';
import { walk } from '../source/walk.ts';
import { droppingHelpers } from './dropping-helpers.ts';
import { lastName, visit } from './sure-code.ts';
import { madeBy } from '../checks/makers.ts';
import path from 'node:path';
import type { Function as FunctionNode, Node } from '@babel/types';
import type { Finding } from '../report.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { constantBehind } from './given.ts';
import type { Scene } from './verify-cache.ts';
import type { ModuleGraph } from '../source/module-graph.ts';

/** A path that every request has, in the words of all versions of Express. */
const ANY_PATH = /^(?:\/|\/?\{?\/?\*\w*\}?|\/?\(\.\*\))$/;
const WORTH_A_LOOK = /\binvalidateCache\b|\bcacheTtl\b/;

/**
 * Functions that use the cache and undo it at once: they let go of the shared agent and take one in the same call, or
 * ask for one that is no older than 0 seconds. One that only invalidates, or does so when something failed, is well.
 */
export function findPerRequest(
  { root, graph, options, detection }: Scene,
  drops: ReadonlyMap<string, ReadonlySet<Node>>,
): Finding[] {
  const files = new Set([...detection.namingCache, ...drops.keys()]);
  const isWorthALook = (file: string) => WORTH_A_LOOK.test(detection.project.read(file) ?? '');
  const helpers = droppingHelpers(
    { root, graph, detection },
    [...files].filter((each) => drops.has(each) || isWorthALook(path.join(root, each))),
    (node, itemPath) => isInvalidation(node) || drops.get(itemPath)?.has(node) === true,
  );
  return [...files].flatMap((itemPath): Finding[] => {
    const file = path.join(root, itemPath);
    const dropping = drops.get(itemPath);
    if (detection.project.isCacheFile(file)) return [];
    if (
      dropping === undefined &&
      !isWorthALook(file) &&
      helpers.names.every((name) => !detection.project.read(file)?.includes(name))
    )
      return [];
    const model = graph.model(file);
    if (model === undefined) return [];
    const findings: Finding[] = [];
    const report = (node: Node, id: string, message: string, hint: string) => {
      const place = { line: node.loc?.start.line ?? 1, column: (node.loc?.start.column ?? 0) + 1 };
      findings.push({ file: itemPath, ...place, rule: 'past-cache', id, message, hint });
    };
    visit(model.program, undefined, (node, inside) => {
      const isOfCache = [options.provider, options.factory, 'getAgent'].some((name) => isCallOf(node, name));
      if (
        isOfCache &&
        node.type === 'CallExpression' &&
        node.arguments.some((each) => asksForZero(each, model, graph))
      ) {
        report(
          node,
          'asks-for-zero-ttl',
          `asks for ${aClient(options)} that is 0 seconds old at most: each call builds one`,
          'give the TTL that the answer may be old, in seconds',
        );
      }
      const isDrop = isInvalidation(node) || dropping?.has(node) === true || helpers.areCalled(node, model);
      if (inside === undefined || !isDrop) return;
      const hint = 'invalidate where the agent is known to be bad, not on every call';
      if (takesAgent(inside, options.factory))
        report(
          node,
          'invalidates-per-request',
          `lets go of the shared ${clientName(options)} in a function that then takes one: each call builds one`,
          hint,
        );
      else if (passesOn(inside) && isBeforeAll(inside, model, { root, graph, detection, options }))
        report(
          node,
          'invalidates-per-request',
          `lets go of the shared ${clientName(options)} before each request that a server answers: each builds one`,
          hint,
        );
    });
    return findings;
  });
}

/** Whether a function lets a request go on to the next one: it is given that as the third of three, and calls it. */
function passesOn({ params, body }: FunctionNode): boolean {
  const next = params.length === 3 ? params[2] : undefined;
  if (next?.type !== 'Identifier') return false;
  let calls = false;
  walk(body, (node) => {
    if (isCallOf(node, next.name)) calls = true;
  });
  return calls;
}

/** Whether a server of the tree runs a function before every request: `app.use(it)`. */
function isBeforeAll(
  target: FunctionNode,
  model: ModuleModel,
  { root, graph, detection, options }: Pick<Scene, 'root' | 'graph' | 'detection' | 'options'>,
): boolean {
  const names = [...model.declarations].filter(([, node]) => node === target || holds(node, target));
  const isMeant = (node: Node, user: ModuleModel): boolean => {
    if (node === target) return true;
    if (node.type !== 'Identifier') return false;
    if (user === model) return names.some(([name]) => name === node.name);
    const imported = user.imports.get(node.name);
    const origin = imported && graph.imported(user.file, imported);
    if (origin === undefined || !('model' in origin) || origin.model.file !== model.file) return false;
    const { exported } = origin;
    return 'local' in exported
      ? names.some(([name]) => name === exported.local)
      : 'node' in exported && exported.node === target;
  };
  // A router stands before all that takes an agent where its own file does.
  const isBefore = (node: Node, user: ModuleModel) => {
    const declared = node.type === 'Identifier' ? user.declarations.get(node.name) : undefined;
    const made = declared?.type === 'VariableDeclarator' ? madeBy(declared.init) : undefined;
    return made === 'server' || (made === 'router' && takesAnywhere(user.program, options.factory));
  };
  const users = new Set([model.file]);
  const bare = path.parse(model.file).name;
  for (const itemPath of detection.read) {
    const text = detection.project.read(path.join(root, itemPath)) ?? '';
    if (/\.(?:use|all)\s*\(/.test(text) && text.includes(bare)) users.add(path.join(root, itemPath));
  }
  return [...users].some((file) => {
    const user = graph.model(file);
    let found = false;
    if (user !== undefined)
      walk(user.program, (node) => {
        if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
        const { object, property } = node.callee;
        if (!/^(?:use|all)$/.test(writtenName(property, node.callee.computed) ?? '')) return;
        if (!isBefore(object, user)) return;
        const given = node.arguments.flatMap((each): Node[] =>
          each.type === 'ArrayExpression' ? each.elements.filter((element) => element !== null) : [each],
        );
        const isForAll = given.every((each) => each.type !== 'StringLiteral' || ANY_PATH.test(each.value));
        found ||= isForAll && given.some((each) => isMeant(each, user));
      });
    return found;
  });
}

/** Whether some function of a module takes an agent. */
function takesAnywhere(program: Node, factory: string): boolean {
  let takes = false;
  walk(program, (node) => {
    takes ||= isCallOf(node, factory) || isCallOf(node, 'getAgent');
  });
  return takes;
}

/** Whether a declaration is of the function: `const a = () => …`. */
function holds(declaration: Node, target: FunctionNode): boolean {
  return declaration.type === 'VariableDeclarator' && declaration.init === target;
}

function isCallOf(node: Node, name: string): node is Extract<Node, { type: 'CallExpression' }> {
  return node.type === 'CallExpression' && lastName(node.callee) === name;
}

function isInvalidation(node: Node): boolean {
  return isCallOf(node, 'invalidateCache');
}

function asksForZero(node: Node, model: ModuleModel, graph: ModuleGraph): boolean {
  if (node.type !== 'ObjectExpression') return false;
  return node.properties.some(
    (property) =>
      property.type === 'ObjectProperty' &&
      writtenName(property.key, property.computed) === 'cacheTtl' &&
      isNothing(property.value, model, graph),
  );
}

/** A number of seconds in which nothing is kept: 0 or less, also as a constant of this module or another. */
function isNothing(node: Node | null | undefined, model: ModuleModel, graph: ModuleGraph): boolean {
  if (node?.type === 'NumericLiteral') return node.value === 0;
  if (node?.type === 'UnaryExpression')
    return node.operator === '-' && node.argument.type === 'NumericLiteral';
  if (node?.type !== 'Identifier') return false;
  return isNothing(constantBehind(node.name, model, graph), model, graph);
}

/** Whether a function takes an agent on its own account, not inside of another function. */
function takesAgent(inside: FunctionNode, factory: string): boolean {
  let takes = false;
  visit(inside.body, inside, (node, around) => {
    if (around === inside && (isCallOf(node, factory) || isCallOf(node, 'getAgent'))) takes = true;
  });
  return takes;
}
