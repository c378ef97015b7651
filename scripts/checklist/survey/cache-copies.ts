import path from 'node:path';
import type { Function as FunctionNode, Node } from '@babel/types';
import { escapeRegExp } from '../../../codemods/agent-cache/source/escape-reg-exp.ts';
import { aClient, clientName } from '../../../codemods/agent-cache/source/client-noun.ts';
import type { Finding } from '../report.ts';
import { startedFiles } from './started-files.ts';
import { visit } from './sure-code.ts';
import type { FullScene } from './verify-cache.ts';
import { isMemberOf, lastName } from './way-syntax.ts';

/** Loads of the cache module that make another one, each with an agent of its own. */
interface Copies {
  findings: Finding[];
  doubts: string[];
}

/** A text that may load a module anew, by the ways that Node and well-known packages have. */
const MAY_COPY =
  /[?#]|\brequire\s*\.\s*cache\b|\bresetModules\b|import-?fresh|\bdecache\b|clear-?module|\bstealthy/i;
const PREPARES_TESTS = /(?:^|[/.-])(?:jest|vitest|setup-?tests?)[.-][^/]*$|(?:^|\/)setup-?tests?\./i;
const LOADS_ANEW = /^(?:importFresh|decache|clearModule|stealthyRequire)$/;
/** What a bundler makes of a query that takes a file as data. */
const AS_DATA = /[?&](?:raw|url|inline)\b/;

/**
 * Where files of the tree load the cache module anew: under a name with a query, or once they have let go of it. Each
 * that a function does so for is an agent for each call; one that stands at the top is a second cache.
 */
export function findCopies(scene: FullScene): Copies {
  const { root, detection, cacheModules } = scene;
  const names = new RegExp(cacheModules.map((each) => escapeRegExp(nameOf(each))).join('|'));
  const found: Copies = { findings: [], doubts: [] };
  for (const itemPath of detection.read) {
    const file = path.join(root, itemPath);
    const text = detection.project.read(file) ?? '';
    // What prepares tests may let go of all that it likes.
    if (PREPARES_TESTS.test(itemPath)) continue;
    const isNaming = cacheModules.length > 0 && names.test(text) && MAY_COPY.test(text);
    const started = startedFiles(text).filter((each) => reachesCache(each, file, scene));
    const program = isNaming || started.length > 0 ? scene.graph.model(file)?.program : undefined;
    if (program === undefined) continue;
    visit(program, undefined, (node, inside) => {
      if (isNaming) lookAt(node, inside, { itemPath, file, scene, found });
      if (inside !== undefined && starts(node, started, text))
        found.doubts.push(`${itemPath}:${lineOf(node)} starts code that has a cache of its own`);
    });
  }
  return found;
}

interface Place {
  itemPath: string;
  file: string;
  scene: FullScene;
  found: Copies;
}

function lookAt(node: Node, inside: FunctionNode | undefined, place: Place): void {
  const source = sourceOf(node);
  const prefix = source && textBefore(source);
  const [specifier = '', query] = prefix?.split(/(?=[?#])/) ?? [];
  if (query !== undefined && !AS_DATA.test(prefix ?? '') && isCache(specifier, place)) {
    if (source === undefined || isFixed(source) || inside === undefined)
      note(
        node,
        'copies-cache',
        `loads a second copy of the cache, which builds ${aClient(place.scene.options)} of its own`,
        place,
      );
    else noteEachCall(node, 'loads a new copy of the cache', place);
    return;
  }
  if (inside === undefined) return;
  const gone = letGo(node);
  if (gone === undefined) return;
  const key = gone === 'all' ? undefined : keyOf(gone);
  if (gone === 'all' || (key !== undefined && isCache(key, place)))
    noteEachCall(node, 'lets go of the module of the cache', place);
  else if (key === undefined)
    place.found.doubts.push(`${place.itemPath}:${lineOf(node)} lets go of a module that was loaded`);
}

/** The specifier of what loads a module, where it is written. */
function sourceOf(node: Node): Node | undefined {
  if (node.type === 'ImportDeclaration') return node.importKind === 'type' ? undefined : node.source;
  if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration')
    return node.source ?? undefined;
  if (node.type === 'ImportExpression') return node.source;
  if (node.type !== 'CallExpression') return undefined;
  const { callee } = node;
  const isLoad = callee.type === 'Import' || (callee.type === 'Identifier' && callee.name === 'require');
  return isLoad ? node.arguments[0] : undefined;
}

/** What a text begins with, as far as it stands there. */
function textBefore(node: Node): string {
  if (node.type === 'StringLiteral') return node.value;
  if (node.type === 'TemplateLiteral') return node.quasis[0]?.value.cooked ?? '';
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return '';
  const left = textBefore(node.left);
  return isFixed(node.left) ? left + textBefore(node.right) : left;
}

function isFixed(node: Node): boolean {
  if (node.type === 'BinaryExpression') return isFixed(node.left) && isFixed(node.right);
  return node.type === 'StringLiteral' || (node.type === 'TemplateLiteral' && node.expressions.length === 0);
}

/** What is let go of: the key of `require.cache`, the module that a package loads anew, or all of them. */
function letGo(node: Node): Node | 'all' | undefined {
  if (node.type === 'UnaryExpression' && node.operator === 'delete') return cacheKey(node.argument);
  if (node.type === 'AssignmentExpression') return cacheKey(node.left);
  if (node.type !== 'CallExpression') return undefined;
  const name = lastName(node.callee);
  if (isMemberOf(node.callee, 'vi', /^resetModules$/) || isMemberOf(node.callee, 'jest', /^resetModules$/))
    return 'all';
  return LOADS_ANEW.test(name) ? node.arguments[0] : undefined;
}

function cacheKey(node: Node): Node | undefined {
  const isKey =
    node.type === 'MemberExpression' && node.computed && isMemberOf(node.object, 'require', /^cache$/);
  return isKey ? node.property : undefined;
}

/** The module of `require.resolve('…')`, or of a text that stands there. */
function keyOf(key: Node): string | undefined {
  if (key.type === 'StringLiteral') return key.value;
  const isResolved = key.type === 'CallExpression' && isMemberOf(key.callee, 'require', /^resolve$/);
  const [specifier] = isResolved ? key.arguments : [];
  return specifier?.type === 'StringLiteral' ? specifier.value : undefined;
}

function isCache(specifier: string, { file, scene: { graph, cacheModules } }: Place): boolean {
  const target = specifier === '' ? undefined : graph.resolve(file, specifier);
  return target !== undefined && cacheModules.includes(target);
}

/** Whether a file that is started has the cache, by itself or by what it loads. */
function reachesCache(
  specifier: string,
  from: string,
  { graph, detection, cacheModules }: FullScene,
): boolean {
  const seen = new Set<string>();
  const enter = (file: string | undefined): boolean => {
    if (file === undefined || seen.has(file)) return false;
    seen.add(file);
    if (cacheModules.includes(file)) return true;
    return detection.project.modulesOf(file).some((each) => enter(graph.resolve(file, each)));
  };
  return enter(graph.resolve(from, specifier));
}

/** `new Worker(…)` and `fork(…)` of such a file. */
function starts(node: Node, started: readonly string[], text: string): boolean {
  if (started.length === 0) return false;
  const isStart =
    (node.type === 'NewExpression' && lastName(node.callee) === 'Worker') ||
    (node.type === 'CallExpression' && lastName(node.callee) === 'fork');
  return (
    isStart && startedFiles(text.slice(node.start ?? 0, node.end ?? 0)).some((each) => started.includes(each))
  );
}

function noteEachCall(node: Node, does: string, place: Place): void {
  const { options } = place.scene;
  note(node, 'copies-cache', `${does} in a function: each call has a ${clientName(options)} built`, place);
}

function note(node: Node, id: string, message: string, { itemPath, found, scene }: Place): void {
  const { line = 1, column = 0 } = node.loc?.start ?? {};
  const hint = `load the cache module by its own name, and once: then all await one ${scene.options.factory}()`;
  found.findings.push({ file: itemPath, line, column: column + 1, rule: 'past-cache', id, message, hint });
}

function lineOf(node: Node): number {
  return node.loc?.start.line ?? 1;
}

function nameOf(file: string): string {
  const { name, dir } = path.parse(file);
  return name === 'index' ? path.basename(dir) : name;
}
