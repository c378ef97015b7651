import type { Node } from '@babel/types';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { escapeRegExp } from '../../../codemods/agent-cache/source/escape-reg-exp.ts';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';
import { parseSource } from '../../../codemods/agent-cache/source/parse.ts';
import { endsWithPath, withoutExtension } from '../../../codemods/agent-cache/source/specifiers.ts';
import { loadedName } from '../../../codemods/agent-cache/survey/code/loaded-name.ts';
import { modelOf } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { walk } from '../source/walk.ts';
import { lastName } from './way-syntax.ts';

const SCRIPT = /<script\b[^>]*>([\s\S]*?)<\/script>/gi;
const FRONT = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/;

/** The programs in a component or a page, each as it stands; undefined for what is neither. */
export function scriptsIn(name: string, text: string): string[] | undefined {
  if (!/\.(?:vue|svelte|astro|html?)$/.test(name)) return undefined;
  const scripts = scriptTags(text);
  const front = name.endsWith('.astro') ? FRONT.exec(text)?.[1] : undefined;
  return front === undefined ? scripts : [front, ...scripts];
}

/** The same, each with as many empty lines before it as stand before it in the component. */
export function placedScripts(name: string, text: string): string[] {
  return (scriptsIn(name, text) ?? []).map((code) => {
    const before = text.slice(0, Math.max(0, text.indexOf(code)));
    return '\n'.repeat(before.split('\n').length - 1) + code;
  });
}

/** What stands in a component, or a page, beside its programs. */
export function markupIn(text: string): string {
  return text
    .replaceAll(SCRIPT, '')
    .replace(FRONT, '')
    .replaceAll(/<!--[\s\S]*?-->/g, '');
}

/** What stands between the tags of scripts. */
export function scriptTags(text: string): string[] {
  return Array.from(text.matchAll(SCRIPT), ([, code = '']) => code);
}

/** The names by which a module that some file loads gives the agent's class. */
export type NamesOfClass = (specifier: string) => readonly string[];

/** Something that is loaded, and something that is made. */
const MAY_BUILD = /\b(?:import|require)\b[\s\S]*\bnew\b/;

/** Whether programs do more with the agent's class than to speak of its type; undefined where one does not parse. */
export function buildsInScripts(
  scripts: readonly string[],
  markup: string,
  { agentClass, agentModule, builtBy = 'new' }: CodemodOptions,
  namesOfClass: NamesOfClass,
): boolean | undefined {
  try {
    return scripts.some((code) => {
      // What is called as a function is looked for as a text.
      const isNamed = code.includes(agentClass) || code.includes(agentModule);
      if (!isNamed && (builtBy === 'function' || !MAY_BUILD.test(code + markup))) return false;
      const { program } = parseScript(code);
      const { imports } = modelOf('script.tsx', program);
      const isOfAgent = (specifier: string) =>
        endsWithPath(withoutExtension(specifier), withoutExtension(agentModule));
      const names = new Set([agentClass]);
      const members = new Set([agentClass]);
      const modules = new Set<string>();
      for (const [local, { specifier, name }] of imports) {
        if (name === agentClass || (isOfAgent(specifier) && name === 'default')) names.add(local);
        else if (isOfAgent(specifier) && name === '*') modules.add(local);
        else if (name === '*') for (const each of namesOfClass(specifier)) members.add(each);
        else if (namesOfClass(specifier).includes(name)) names.add(local);
      }
      for (const specifier of loadedIn(program))
        for (const each of namesOfClass(specifier)) {
          names.add(each);
          members.add(each);
        }
      const had = [...names, ...modules].filter((local) => imports.has(local));
      return (
        had.some((local) => buildsInMarkup(markup, local)) ||
        usesValue(program, { names, members }, builtBy) ||
        takesUnnamed(program, modules, isOfAgent, agentClass)
      );
    });
  } catch {
    return undefined;
  }
}

/** What code loads as it runs: `import('…')`, `require('…')`. */
function loadedIn(program: Node): string[] {
  const found: string[] = [];
  walk(program, (node) => {
    if (node.type !== 'CallExpression' && node.type !== 'ImportExpression') return;
    const specifier = loadedName(node)?.specifier;
    if (specifier !== undefined) found.push(specifier);
  });
  return found;
}

/** A program with types, or with elements in it. */
/** @throws SyntaxError when it is neither TypeScript nor JSX */
export function parseScript(code: string): ReturnType<typeof parseSource> {
  try {
    return parseSource('script.ts', code);
  } catch {
    return parseSource('script.tsx', code);
  }
}

/** `{await new Ads().all()}`, `@click="new ads.Client().all()"`: a program gives what it imports to the markup beside it. */
function buildsInMarkup(markup: string, local: string): boolean {
  return new RegExp(`\\bnew\\s+${escapeRegExp(local)}(?![\\w$])`).test(markup);
}

/**
 * Whether something of the agent's module is taken that may be the class, without its name: by a key that only shows when
 * the code runs, as its default, or all of it.
 */
function takesUnnamed(
  node: Node,
  modules: ReadonlySet<string>,
  isOfAgent: (specifier: string) => boolean,
  agentClass: string,
): boolean {
  if (
    /^(?:Import(?!Expression)|TS(?!As|Satisfies|NonNull|TypeAssertion|Instantiation|Export))/.test(node.type)
  )
    return false;
  const isModule = (each: Node): boolean => {
    if (each.type === 'Identifier') return modules.has(each.name);
    if (each.type === 'AwaitExpression') return isModule(each.argument);
    const specifier = loadedName(each)?.specifier;
    return specifier !== undefined && isOfAgent(specifier);
  };
  const isMember = node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
  if (isMember && isModule(node.object)) {
    const name = lastName(node);
    return /^(?:|default)$/.test(name) || name === agentClass;
  }
  if (
    node.type === 'VariableDeclarator' &&
    node.init &&
    isModule(node.init) &&
    takesOthers(node.id, agentClass)
  )
    return false;
  if (isModule(node)) return true;
  if (isMember && !node.computed) return takesUnnamed(node.object, modules, isOfAgent, agentClass);
  return childrenOf(node).some((child) => takesUnnamed(child, modules, isOfAgent, agentClass));
}

/** `{ API_VERSION }`: named parts of a module, none of which is the class. */
function takesOthers(pattern: Node, agentClass: string): boolean {
  if (pattern.type !== 'ObjectPattern') return false;
  return pattern.properties.every((each) => {
    const name =
      each.type === 'ObjectProperty' && !each.computed && each.key.type === 'Identifier' ? each.key.name : '';
    return !/^(?:|default)$/.test(name) && name !== agentClass;
  });
}

interface Meant {
  /** Names that stand for the class, by themselves. */
  names: ReadonlySet<string>;
  /** Names of members that do, of whatever has them. */
  members: ReadonlySet<string>;
}

/** Whether a value of one of the names is used, types and what only tells one class from another left out. */
function usesValue(node: Node, meant: Meant, builtBy: string): boolean {
  const { names, members } = meant;
  if (/^(?:Import|TS(?!As|Satisfies|NonNull|TypeAssertion|Instantiation|Export))/.test(node.type))
    return false;
  if (node.type === 'Identifier') return names.has(node.name);
  if (node.type === 'BinaryExpression' && node.operator === 'instanceof')
    return usesValue(node.left, meant, builtBy);
  const isMember = node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
  if (isMember && members.has(lastName(node))) return true;
  // A static method may build one; a constant of the class does not.
  if (isMember && node.object.type === 'Identifier' && names.has(node.object.name))
    return builtBy !== 'new' && lastName(node) === builtBy;
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression')
    if (node.callee.object.type === 'Identifier' && names.has(node.callee.object.name)) return true;
  return childrenOf(node).some((child) => usesValue(child, meant, builtBy));
}
