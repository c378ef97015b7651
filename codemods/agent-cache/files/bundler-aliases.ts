import path from 'node:path';
import type * as t from '@babel/types';
import { childrenOf } from '../source/children.ts';
import { parseSource } from '../source/parse.ts';
import { known, type PathScope, staticPath } from '../source/static-path.ts';
import { constantsOf } from '../source/constants.ts';
import type { Files } from './files-once.ts';

/** Where bundlers, and what tests and Babel use in their place, are told of aliases. */
const CONFIGS = ['vite', 'vitest', 'webpack', 'rollup', 'esbuild', 'tsup', 'rspack', 'babel', 'jest'].flatMap(
  (tool) => ['ts', 'mts', 'js', 'mjs', 'cjs'].map((extension) => `${tool}.config.${extension}`),
);
/** Aliases by name, and by the pattern that Jest has for one. */
const TABLES = new Set(['alias', 'moduleNameMapper']);

/**
 * The aliases that the configs of bundlers in a package's folder have, as far as they are written out: the names, or the
 * beginnings of names, and the absolute path that each stands for.
 */
export function bundlerAliases(folder: string, files: Files): Record<string, string> {
  const found: Record<string, string> = {};
  for (const config of CONFIGS.map((name) => path.posix.join(folder, name))) {
    if (!files.isFile(config)) continue;
    const text = files.read(config) ?? '';
    if (![...TABLES].some((name) => text.includes(name))) continue;
    try {
      const { program } = parseSource(config, text);
      collect(program, { file: config, root: folder, constants: constantsOf(program) }, found);
    } catch {
      // A config that does not parse explains no alias.
    }
  }
  return found;
}

function collect(node: t.Node, scope: PathScope, found: Record<string, string>): void {
  if (node.type === 'ObjectProperty' && TABLES.has(nameOf(node.key) ?? '')) {
    for (const [name, target] of entriesOf(node.value)) add(name, target, scope, found);
  }
  for (const child of childrenOf(node)) collect(child, scope, found);
}

/** `{ '@': target }`, or `[{ find: '@', replacement: target }]`. */
function entriesOf(table: t.Node): [string, t.Node][] {
  const elements = table.type === 'ArrayExpression' ? table.elements : [];
  const members = membersOf(table);
  return [
    ...members,
    ...elements.flatMap((element): [string, t.Node][] => {
      const { find, replacement } = Object.fromEntries(element ? membersOf(element) : []);
      return find?.type === 'StringLiteral' && replacement ? [[find.value, replacement]] : [];
    }),
  ];
}

function membersOf(node: t.Node): [string, t.Node][] {
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((each): [string, t.Node][] => {
    const name = each.type === 'ObjectProperty' ? nameOf(each.key) : undefined;
    return each.type === 'ObjectProperty' && name !== undefined ? [[name, each.value]] : [];
  });
}

function add(name: string, target: t.Node, scope: PathScope, found: Record<string, string>): void {
  const written = known(staticPath(target, scope));
  if (written === undefined) return;
  const value = path.posix.resolve(scope.root, written.replace('<rootDir>', scope.root));
  // `^@/(.*)$` of Jest, and `lib$` of webpack, which is the name alone.
  const pattern = /^\^?([^()$^]*)\(\.\*\)\$?$/.exec(name)?.[1];
  if (pattern === undefined) found[name.replace(/^\^|\$$/g, '')] = value;
  else found[`${pattern}*`] = value.replace('$1', '*');
}

function nameOf(key: t.Node): string | undefined {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'StringLiteral' ? key.value : undefined;
}
