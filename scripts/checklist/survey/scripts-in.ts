import type { Node } from '@babel/types';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { parseSource } from '../../../codemods/agent-cache/source/parse.ts';
import { endsWithPath, withoutExtension } from '../../../codemods/agent-cache/source/specifiers.ts';
import { modelOf } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { lastName } from './way-syntax.ts';

const SCRIPT = /<script\b[^>]*>([\s\S]*?)<\/script>/gi;
const FRONT = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/;

/** The programs in a component, each as it stands; undefined for what is no component. */
export function scriptsIn(name: string, text: string): string[] | undefined {
  if (!/\.(?:vue|svelte|astro)$/.test(name)) return undefined;
  const scripts = scriptTags(text);
  const front = name.endsWith('.astro') ? FRONT.exec(text)?.[1] : undefined;
  return front === undefined ? scripts : [front, ...scripts];
}

/** What stands between the tags of scripts. */
export function scriptTags(text: string): string[] {
  return Array.from(text.matchAll(SCRIPT), ([, code = '']) => code);
}

/** Whether programs do more with the agent's class than to speak of its type; undefined where one does not parse. */
export function buildsInScripts(
  scripts: readonly string[],
  { agentClass, agentModule, builtBy = 'new' }: CodemodOptions,
): boolean | undefined {
  try {
    return scripts.some((code) => {
      // What is called as a function is looked for as a text.
      if (!code.includes(agentClass) && !code.includes(agentModule)) return false;
      const { program } = parseSource('script.ts', code);
      const { imports } = modelOf('script.ts', program);
      const names = new Set([agentClass]);
      for (const [local, { specifier, name }] of imports) {
        const isOfAgent = endsWithPath(withoutExtension(specifier), withoutExtension(agentModule));
        if (name === agentClass || (isOfAgent && name === 'default')) names.add(local);
      }
      return usesValue(program, names, agentClass, builtBy);
    });
  } catch {
    return undefined;
  }
}

/** Whether a value of one of the names is used, types and what only tells one class from another left out. */
function usesValue(node: Node, names: ReadonlySet<string>, agentClass: string, builtBy: string): boolean {
  if (/^(?:Import|TS(?!As|Satisfies|NonNull|TypeAssertion|Instantiation|Export))/.test(node.type))
    return false;
  if (node.type === 'Identifier') return names.has(node.name);
  if (node.type === 'BinaryExpression' && node.operator === 'instanceof')
    return usesValue(node.left, names, agentClass, builtBy);
  const isMember = node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
  if (isMember && lastName(node) === agentClass) return true;
  // A static method may build one; a constant of the class does not.
  if (isMember && node.object.type === 'Identifier' && names.has(node.object.name))
    return builtBy !== 'new' && lastName(node) === builtBy;
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression')
    if (node.callee.object.type === 'Identifier' && names.has(node.callee.object.name)) return true;
  return childrenOf(node).some((child) => usesValue(child, names, agentClass, builtBy));
}
