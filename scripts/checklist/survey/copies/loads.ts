import type { Node } from '@babel/types';
import { isMemberOf, isFunction, lastName } from '../way-syntax.ts';
import type { Deed } from './deed.ts';
import { forkOfCluster, isOwnProgram } from './forks.ts';
import { isModuleCache, isRequire } from './loaded-modules.ts';
import { lettingGo, namesPut, overwriting, partOfModule, targetsIn, writingTo } from './puts.ts';
import { importedAs, specifierBehind, type WrittenTexts } from './written-texts.ts';

const anyOf = (names: string) => new RegExp(`^(?:${names.split(/\s+/).join('|')})$`);

/** Packages that load a module once more, whatever they are called where they are used. */
const LOADS_ANEW =
  anyOf(`import-fresh require-uncached import-uncached require-fresh fresh-require fresh-import
require-reload require-nocache uncached-require stealthy-require rewire proxyquire esmock sandboxed-module rewiremock
mock-require`);
/** Those of all these that do so with what a module loads, too. */
const IS_DEEP = /^(?:decache|stealthy-require|proxyquire|esmock|sandboxed-module|rewiremock)$/;
const LETS_GO = anyOf('decache clear-module clear-require uncache require-cache-clear');
const STARTS =
  anyOf(`(?:node:)?(?:child_process|worker_threads|cluster) execa zx cross-spawn piscina tinypool workerpool
threads jest-worker bree poolifier microjob nano-spawn tinyexec`);
/** What runs a text as code: of the language, and of `node:vm`. */
const RUNS = /^(?:eval|Function|AsyncFunction)$/;
const RUNS_OF_VM = /^(?:runIn(?:New|This)?Context|compileFunction|Script|SourceTextModule)$/;
/** Modules of Node.js that are told above, or here: the others load nothing. */
const OF_NODE = /^(?:node:.*|path|url|fs|fs\/promises|util|os|assert|events|stream|http|https|crypto)$/;

/** A text that may do any of it. */
export const MAY_LOAD_ANEW = new RegExp(
  [
    LOADS_ANEW.source.slice(4, -2),
    LETS_GO.source.slice(4, -2),
    STARTS.source.slice(4, -2),
    /\bimport\s*\(\s*(?!(['"])[^'"\n]*\1\s*\))/.source,
    /\brequire\b(?!\s*\(\s*['"]|\s*\.\s*resolve\b|['"])/.source,
    /\b_cache\b|\b_compile\b|\bcreateRequire\b|\b(?:resetModules|isolateModules(?:Async)?)\b|\bmodule\.require\b/
      .source,
    /\brunIn(?:New|This)?Context\b|\bvm\b|\beval\s*\(|\bFunction\s*\(|\bnew\s+Worker\b|\bfork\s*\(/.source,
    /\bBun\s*\.\s*spawn|\bDeno\s*\.\s*(?:Command|run)\b|\bjiti\b/.source,
    /(?<!\b(?:import|require|resolve|URL)\s*)\(\s*['"]\.{1,2}\//.source,
    /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"`][^'"`\n]*[?#]/.source,
  ].join('|'),
);

/** What writes to its first argument. */
const WRITES = /^(?:deleteProperty|set|assign|defineProperty|defineProperties)$/;

/** What a node does with modules; undefined for what does nothing with them. */
export function deedOf(node: Node, texts: WrittenTexts): Deed | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return node.importKind === 'type' ? undefined : { kind: 'load', module: [node.source] };
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return node.source ? { kind: 'load', module: [node.source] } : undefined;
    case 'ImportExpression':
      return { kind: 'load', module: [node.source] };
    case 'UnaryExpression':
      return node.operator === 'delete'
        ? (lettingGo(node.argument, texts) ?? overwriting(node.argument, texts))
        : undefined;
    case 'AssignmentExpression':
      return isModuleCache(node.left, texts)
        ? { kind: 'lets-go', module: undefined }
        : firstOf(targetsIn(node.left), texts);
    case 'ForOfStatement':
    case 'ForInStatement':
      return firstOf(targetsIn(node.left), texts);
    case 'TaggedTemplateExpression': {
      const isStart = STARTS.test(specifierBehind(node.tag, texts) ?? '');
      return isStart ? { kind: 'starts', module: [node.quasi] } : undefined;
    }
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      return deedOfCall(node.callee, node.arguments, texts, node.type === 'NewExpression');
    default:
      return undefined;
  }
}

/** The first thing that is done by writing to one of some targets. */
function firstOf(targets: readonly Node[], texts: WrittenTexts): Deed | undefined {
  for (const each of targets) {
    const deed = lettingGo(each, texts) ?? overwriting(each, texts);
    if (deed !== undefined) return deed;
  }
  return undefined;
}

function deedOfCall(
  callee: Node,
  given: readonly Node[],
  texts: WrittenTexts,
  isNew: boolean,
): Deed | undefined {
  const module = given.slice(0, 1);
  const name = lastName(callee);
  if (callee.type === 'Import' || isRequire(callee, texts)) return { kind: 'load', module };
  if (isMemberOf(callee, 'Reflect', WRITES) || isMemberOf(callee, 'Object', WRITES)) {
    const [target, key] = given;
    if (target && key && isModuleCache(target, texts)) return { kind: 'lets-go', module: [key] };
    const record = target && partOfModule(target, namesPut(given.slice(1)), texts);
    if (record !== undefined || isMemberOf(callee, 'Reflect', WRITES)) return record;
  }
  if (/^(?:resetModules|isolateModules(?:Async)?)$/.test(name) && callee.type === 'MemberExpression')
    if (['jest', 'vi'].includes(lastName(callee.object))) return { kind: 'lets-go', module: undefined };
  const written = writingTo(callee, given, texts);
  if (written !== undefined) return written;
  const of = specifierBehind(callee, texts) ?? '';
  const isRun = callee.type === 'Identifier' ? RUNS.test(name) && !isOwn(callee, texts) : name === '_compile';
  if (isRun || (/^(?:node:)?vm$/.test(of) && RUNS_OF_VM.test(importedAs(callee, texts))))
    return { kind: 'runs', module };
  const isDeep = IS_DEEP.test(of);
  if (LOADS_ANEW.test(of)) return { kind: 'anew', module: withFunctions(given), isDeep };
  if (LETS_GO.test(of)) return { kind: 'lets-go', module: name === 'all' ? undefined : module, isDeep };
  const isLook = isMemberOf(callee, 'Object', /^(?:keys|values|entries)$/);
  if (!isLook && given.some((each) => isModuleCache(each, texts)))
    return { kind: 'hands-on', module: undefined };
  const ofCluster = forkOfCluster(of, callee, given, texts);
  if (ofCluster !== undefined) return ofCluster;
  const isThread = (isNew && name === 'Worker') || name === 'fork';
  const isOther = callee.type === 'MemberExpression' && /^(?:Bun|Deno)$/.test(lastName(callee.object));
  if (STARTS.test(of) || isThread || isOther)
    return { kind: given.some(isOwnProgram) ? 'forks' : 'starts', module: given };
  if (of === '' || OF_NODE.test(of) || texts.isOfTree(of)) return undefined;
  return { kind: 'hands-on', module };
}

/** The modules that a loader is given, also in a function that loads them: `stealthyRequire(cache, () => require('x'))`. */
function withFunctions(given: readonly Node[]): Node[] {
  return given.flatMap((each): Node[] => {
    if (!isFunction(each)) return [each];
    const { body } = each;
    return body.type === 'CallExpression' ? body.arguments.slice(0, 1) : [];
  });
}

/** Whether a name is one of the file's own, or of another file of the tree. */
function isOwn(callee: Node, texts: WrittenTexts): boolean {
  if (callee.type === 'MemberExpression') return false;
  const name = lastName(callee);
  const imported = texts.model.imports.get(name);
  if (imported !== undefined) return texts.isOfTree(imported.specifier);
  return texts.behind(name).values.some(isFunction);
}
