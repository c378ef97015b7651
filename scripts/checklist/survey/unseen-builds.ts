import path from 'node:path';
import type { CallExpression, Class, Node } from '@babel/types';
import { escapeRegExp } from '../../../codemods/agent-cache/source/escape-reg-exp.ts';
import { conductOf } from '../cache/judge-factory.ts';
import type { Finding } from '../report.ts';
import type { Exported, ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { loadedName } from '../../../codemods/agent-cache/survey/code/loaded-name.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { walk } from '../source/walk.ts';
import type { AgentFound } from './find-agent.ts';
import type { FullScene, Scene } from './verify-cache.ts';
import { toldName } from './told-name.ts';
import { wrapped } from './way-syntax.ts';

/**
 * Agents that are built where nobody looks: in a file that the cache imports something else from, of the class where it is
 * imported in a way that the codemod does not see, through a subclass, through a static method of the class. What the
 * codemod tells of already is not told twice.
 */
export function findUnseenBuilds(scene: FullScene, agent: AgentFound): Finding[] {
  const own = new Set([...agent.modules, ...agent.declaredIn]);
  const reached = reachedByCache(scene, own);
  const subclasses = findSubclasses(scene, agent);
  const statics = builderStatics(scene, agent);
  const subclassNames = [...new Set([...subclasses].map(nameToLookFor))];
  const words = [...subclassNames, ...statics].map((name) => escapeRegExp(name));
  const otherWays = new RegExp(['\\bextends\\b', '\\bprototype\\b', ...words].join('|'));
  const found: Finding[] = [];
  for (const itemPath of filesToLookAt(scene, subclassNames)) {
    const file = path.join(scene.root, itemPath);
    if (own.has(file) || scene.cacheModules.includes(file)) continue;
    const isPart = scene.detection.project.isCacheFile(file);
    const told = scene.detection.unfinished.get(itemPath);
    const text = scene.detection.project.read(file) ?? '';
    // What the codemod tells of already needs no second look, but for what it does not look for.
    const isTold = told !== undefined && !isPart && subclassNames.length === 0;
    if ((isTold || !/\bnew\b/.test(text)) && !otherWays.test(text)) continue;
    const model = scene.graph.model(file);
    if (model === undefined) continue;
    const known = new Set(told?.occurrences.map(({ line }) => line));
    const tell = (node: Node, id: string, message: string) => {
      const line = node.loc?.start.line ?? 1;
      if (known.has(line) || (isPart && isWithin(node, reached.get(file) ?? []))) return;
      const hint = `await ${scene.options.factory}() of the cache module instead`;
      const column = (node.loc?.start.column ?? 0) + 1;
      found.push({ file: itemPath, line, column, rule: 'past-cache', id, message, hint });
    };
    const named = new Set<Node>();
    walk(model.program, (node) => {
      if (node.type === 'VariableDeclarator' && node.init) named.add(node.init);
      if (node.type === 'NewExpression') {
        const built = classBehind(node.callee, model, scene, own, subclasses);
        if (built === 'subclass')
          tell(node, 'builds-subclass', `builds a subclass of ${scene.options.agentClass}`);
        if (built === 'agent' && (isPart || told === undefined))
          tell(node, 'builds-own', `builds its own ${scene.options.agentClass}`);
      }
      if (node.type === 'ClassExpression' && node.superClass && !named.has(node)) {
        if (classBehind(node.superClass, model, scene, own, subclasses) !== undefined)
          tell(node, 'builds-subclass', `hands on a subclass of ${scene.options.agentClass} without a name`);
      }
      const copied = node.type === 'CallExpression' ? prototypeCopied(node) : undefined;
      if (copied !== undefined && classBehind(copied, model, scene, own, subclasses) !== undefined)
        tell(node, 'builds-own', `makes its own ${scene.options.agentClass} of the class's prototype`);
      if (node.type !== 'MemberExpression') return;
      const name = writtenName(node.property, node.computed);
      if (name === undefined || !statics.has(name)) return;
      if (classBehind(node.object, model, scene, own, subclasses) === undefined) return;
      tell(
        node,
        'builds-by-static',
        `${scene.options.agentClass}.${name} builds a new ${scene.options.agentClass} at each call`,
      );
    });
  }
  return found;
}

/** The text that files have that import a subclass: its name, or that of its module where it has none. */
function nameToLookFor(subclass: string): string {
  const [file = '', name = ''] = subclass.split('\n');
  if (name !== 'default') return name;
  const { name: module, dir } = path.parse(file);
  return module === 'index' ? path.basename(dir) : module;
}

/** The class in `Object.create(Class.prototype)`. */
function prototypeCopied({ callee, arguments: [first] }: CallExpression): Node | undefined {
  const isCreate =
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Object' &&
    writtenName(callee.property, callee.computed) === 'create';
  if (!isCreate || first?.type !== 'MemberExpression') return undefined;
  return writtenName(first.property, first.computed) === 'prototype' ? first.object : undefined;
}

/** The files that name the class, and those that name a subclass of it. */
function filesToLookAt({ detection, root, graph }: FullScene, subclasses: readonly string[]): string[] {
  const { naming } = detection;
  if (subclasses.length === 0) return [...naming];
  const others = [...detection.read].filter((itemPath) => {
    if (naming.has(itemPath)) return false;
    const text = detection.project.read(path.join(root, itemPath)) ?? '';
    return (
      subclasses.some((name) => text.includes(name)) && graph.model(path.join(root, itemPath)) !== undefined
    );
  });
  return [...naming, ...others];
}

/** What a class expression of a file stands for: the agent's class, or one that extends it. */
function classBehind(
  node: Node,
  model: ModuleModel,
  { graph, options }: Pick<Scene, 'graph' | 'options'>,
  own: ReadonlySet<string>,
  subclasses: ReadonlySet<string>,
): 'agent' | 'subclass' | undefined {
  const below = wrapped(node);
  if (below !== undefined) return classBehind(below, model, { graph, options }, own, subclasses);
  const name = node.type === 'Identifier' ? node.name : undefined;
  if (name !== undefined && subclasses.has(`${model.file}\n${name}`)) return 'subclass';
  const imported =
    name !== undefined
      ? model.imports.get(name)
      : node.type === 'MemberExpression' && node.object.type === 'Identifier'
        ? memberImport(node.object.name, writtenName(node.property, node.computed), model)
        : undefined;
  const origin = imported && graph.imported(model.file, imported);
  if (origin === undefined || !('model' in origin)) return undefined;
  const local = localName(origin.exported) ?? imported?.name ?? '';
  if (subclasses.has(`${origin.model.file}\n${local}`)) return 'subclass';
  return own.has(origin.model.file) && (local === options.agentClass || imported?.name === options.agentClass)
    ? 'agent'
    : undefined;
}

function memberImport(local: string, member: string | undefined, { imports }: ModuleModel) {
  const whole = imports.get(local);
  return whole?.name === '*' && member !== undefined ? { ...whole, name: member } : undefined;
}

function localName(exported: Exported): string | undefined {
  if ('local' in exported) return exported.local;
  if ('node' in exported && 'id' in exported.node && exported.node.id?.type === 'Identifier')
    return exported.node.id.name;
  return undefined;
}

/** Classes of the tree that extend the agent's, at any distance, as file and name. */
function findSubclasses(scene: FullScene, agent: AgentFound): Set<string> {
  const { graph, root, detection } = scene;
  const own = new Set([...agent.modules, ...agent.declaredIn]);
  const found = new Set<string>();
  const classes: { model: ModuleModel; node: Class; name: string }[] = [];
  const seen = new Set<string>();
  const look = (itemPath: string, names: readonly string[]) => {
    const text = seen.has(itemPath) ? '' : (detection.project.read(path.join(root, itemPath)) ?? '');
    if (!/\bextends\b/.test(text) || !names.some((name) => text.includes(name))) return;
    seen.add(itemPath);
    const model = graph.model(path.join(root, itemPath));
    if (model === undefined) return;
    walk(model.program, (node) => {
      if (node.type === 'ClassDeclaration' && node.superClass && node.id)
        classes.push({ model, node, name: node.id.name });
      if (node.type === 'ExportDefaultDeclaration' && node.declaration.type === 'ClassDeclaration')
        if (node.declaration.superClass && !node.declaration.id)
          classes.push({ model, node: node.declaration, name: 'default' });
      if (
        node.type === 'VariableDeclarator' &&
        node.id.type === 'Identifier' &&
        node.init?.type === 'ClassExpression'
      )
        classes.push({ model, node: node.init, name: node.id.name });
    });
  };
  for (const itemPath of detection.naming) look(itemPath, ['']);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    // What extends a subclass need not name the class.
    const names = [...found].map(nameToLookFor);
    for (const itemPath of size > 0 ? detection.read : []) look(itemPath, names);
    for (const { model, node, name } of classes) {
      const parent = node.superClass;
      if (parent && classBehind(parent, model, scene, own, found) !== undefined)
        found.add(`${model.file}\n${name}`);
    }
  }
  return found;
}

/** The static members of the class that give a new agent at each call. */
function builderStatics({ graph, agent: name, options }: FullScene, agent: AgentFound): Set<string> {
  const found = new Set<string>();
  for (const file of agent.declaredIn) {
    const model = graph.model(file);
    if (model === undefined) continue;
    const exported = [...model.exports.keys()].find((each) => each === options.agentClass) ?? 'default';
    walk(model.program, (node) => {
      if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return;
      if (node.id?.name !== options.agentClass) return;
      for (const member of node.body.body) {
        if (!('static' in member) || member.static !== true || !('key' in member)) continue;
        const key = toldName(member.key, 'computed' in member && member.computed === true, model, graph);
        if (key === undefined || key.startsWith('#')) continue;
        if (conductOf(graph, name, { file, name: exported, member: key }) === 'builds') found.add(key);
      }
    });
  }
  return found;
}

/** In each file, the declarations that the cache modules come to by what they import and call. */
export function reachedByCache(
  { graph, cacheModules }: FullScene,
  own: ReadonlySet<string>,
): Map<string, Node[]> {
  const reached = new Map<string, Node[]>();
  const seen = new Set<Node>();
  const enter = (model: ModuleModel, node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    reached.set(model.file, [...(reached.get(model.file) ?? []), node]);
    walk(node, (inner) => {
      if (inner.type === 'Identifier') follow(model, inner.name);
      const loaded = loadedName(inner);
      if (loaded !== undefined) enterOrigin(graph.imported(model.file, loaded));
    });
  };
  const follow = (model: ModuleModel, local: string): void => {
    const declared = model.declarations.get(local);
    if (declared !== undefined) enter(model, declared);
    const imported = model.imports.get(local);
    if (imported) enterOrigin(graph.imported(model.file, imported));
  };
  const enterOrigin = (origin: ReturnType<typeof graph.imported>): void => {
    if (origin === undefined || !('model' in origin) || own.has(origin.model.file)) return;
    const { exported, model: owner } = origin;
    if ('node' in exported) enter(owner, exported.node);
    else if ('local' in exported) follow(owner, exported.local);
    else if (exported.name === '*') enter(owner, owner.program);
  };
  for (const file of cacheModules) {
    const model = graph.model(file);
    if (model === undefined) continue;
    enter(model, model.program);
    // What the module only hands on is as much the cache's as what it declares.
    for (const name of graph.names(file)) enterOrigin(graph.origin(file, name));
  }
  return reached;
}

export function isWithin({ start, end }: Node, nodes: readonly Node[]): boolean {
  return nodes.some((each) => (each.start ?? 0) <= (start ?? 0) && (end ?? 0) <= (each.end ?? 0));
}
