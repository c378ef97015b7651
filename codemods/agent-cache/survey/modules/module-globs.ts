import type * as t from '@babel/types';
import type { PathPieces } from '../../source/static-path.ts';

/** A pattern of names of modules, as containers, mappers and plugin loaders take them. */
const GLOB =
  /^(?![a-z]+:)([^*\s]*\*\S*)\.(?:[cm]?[jt]sx?|\{[^{}]*[jt]s[^{}]*\}|[@+?!]?\([^()]*[jt]s[^()]*\))$/;

/** Whether a text may have such a pattern. */
export const HAS_GLOB = /\*[^\s'"`]*\.(?:[cm]?[jt]sx?|\{[^{}'"`]*\}|[@+?!]?\([^()'"`]*\))['"`]/;

/** Calls that list, match, watch or log files: who loads what they give says so by a `require` of its own. */
const LISTS =
  /^(?:glob\w*|sync|stream|globby\w*|fg|minimatch|micromatch|picomatch|isMatch|match|makeRe|watch|readdir\w*|trace|debug|info|log|warn|error|get|post|put|patch|delete|all|use)$/;

/** Settings of what reads files as text: documentation in comments, what is left out. */
const READS_TEXT = /^(?:apis|ignored?|exclude|testMatch|content)$/;

/** Files that only tools read. */
const OF_TOOLS = /(?:\.config\.[cm]?[jt]s|\/(?:gulpfile|Gruntfile)\.[cm]?[jt]s)$/;

/**
 * What is known of the paths of the modules that a pattern stands for, `services/*.js`: something that is given it may
 * load them, from whatever folder.
 * @param around the nodes that `node` stands in, the nearest last
 * @returns undefined where the node is no such pattern, or one that loads nothing
 */
export function globbedModules(
  node: t.Node,
  around: readonly t.Node[],
  file: string,
): PathPieces | undefined {
  const bare = GLOB.exec(textOf(node) ?? '')?.[1];
  if (bare === undefined || OF_TOOLS.test(file)) return undefined;
  // Only what is given the pattern itself counts: `app.use(load('routes/*.js'))` loads.
  const call = around.findLastIndex(({ type }) => /^(?:Call|New)Expression$|Function/.test(type));
  if (around.slice(Math.max(call, 0)).some((each) => isListed(each))) return undefined;
  const inner = bare.replace(/^(?:\.{0,2}\/)+/, '');
  const [first = '', ...others] = inner.split(/\*+|\{[^}]*\}|[@+?!]?\([^)]*\)|\[[^\]]*\]/);
  return [undefined, `/${first}`, ...others.flatMap((part) => [undefined, part])];
}

/** A text, or what a template ends with: what stands before that is a folder. */
function textOf(node: t.Node): string | undefined {
  if (node.type === 'StringLiteral') return node.value;
  return node.type === 'TemplateLiteral' ? (node.quasis.at(-1)?.value.cooked ?? undefined) : undefined;
}

function isListed(node: t.Node): boolean {
  if (node.type === 'CallExpression') return LISTS.test(nameOf(node.callee));
  return node.type === 'ObjectProperty' && !node.computed && READS_TEXT.test(nameOf(node.key));
}

function nameOf(node: t.Node): string {
  if (node.type === 'MemberExpression') return nameOf(node.property);
  if (node.type === 'StringLiteral') return node.value;
  return node.type === 'Identifier' ? node.name : '';
}
