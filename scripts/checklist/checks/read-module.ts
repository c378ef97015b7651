import type { Node } from '@babel/types';
import { parseSource } from '../../../codemods/agent-cache/source/parse.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { walk } from '../source/walk.ts';
import { constantString } from './constant-string.ts';
import type { ModuleFacts } from './facts.ts';
import { givenServers } from './given-servers.ts';
import { type MeasuresElsewhere, readInstruments } from './instruments.ts';
import { fixedNames, literalTruth, walkLive } from './live-code.ts';
import { LoadedFolders } from './loaded-folders.ts';
import { chainRoot, madeBy } from './makers.ts';
import { type ImportedConstant, readNames, type Turn } from './module-facts.ts';
import type { ImportedOwner } from './owners.ts';
import { RouteReader } from './route-reader.ts';
import { exportedNames, functionsAround, servedNames, usesOf } from './used-functions.ts';

/** @throws SyntaxError when the text does not parse */
export function readModule(
  file: string,
  text: string,
  importedConstant: ImportedConstant,
  importedOwner: ImportedOwner,
  measuresElsewhere: MeasuresElsewhere,
  homeOf: (node: Node) => string | undefined,
): ModuleFacts {
  const tree = parseSource(file, text);
  const all: Node[] = [];
  walk(tree.program, (node) => all.push(node));
  const names = readNames(tree, all, importedConstant);
  const fixed = fixedNames(all);
  const truth = literalTruth((name) => (fixed.has(name) ? names.constants.get(name) : undefined));
  const nodes: Node[] = [];
  walkLive(tree.program, truth, (node) => nodes.push(node));
  const around = functionsAround(tree.program);
  const exported = exportedNames(names);
  const facts: ModuleFacts = {
    ...names,
    routes: [],
    mounts: [],
    metrics: [],
    uses: usesOf(nodes, around),
    owners: new Map(),
    served: servedNames(nodes, exported),
  };
  let turn: Turn | undefined;
  const inTurn = (each: Turn | undefined, does: () => void) => {
    turn = each;
    does();
    turn = undefined;
  };
  const lookup = (name: string) => {
    const here = turn?.get(name);
    if (here !== undefined) return here;
    const imported = names.imports.get(name);
    return imported === undefined
      ? names.constants.get(name)
      : importedConstant(imported.specifier, imported.name);
  };
  const read = (node: Node | null | undefined) => constantString(node, lookup);
  const within = (node: Node) => around.get(node) ?? [];
  facts.metrics = readInstruments(nodes, names, read, measuresElsewhere, within);
  const reader = new RouteReader(
    facts,
    { read, lookup, inTurn, homeOf },
    importedOwner,
    chainNames(nodes),
    within,
    givenServers(nodes, names),
    new LoadedFolders(nodes, names, file, lookup),
  );
  for (const node of nodes) {
    if (node.type === 'CallExpression') reader.call(node);
  }
  for (const [name, init] of names.constants) {
    const made = init.type === 'TSEnumDeclaration' ? undefined : madeBy(init);
    if (made !== undefined) facts.owners.set(name, made);
  }
  return facts;
}

/** What a chain that begins with `Router()` is called: its variable, the default export, or its place. */
function chainNames(nodes: readonly Node[]): Map<Node, string> {
  const names = new Map<Node, string>();
  const give = (node: Node | null | undefined, name: string) => {
    const root = node ? chainRoot(node) : undefined;
    if (root !== undefined) names.set(root, name);
  };
  for (const node of nodes) {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') give(node.init, node.id.name);
    if (node.type === 'ExportDefaultDeclaration') give(node.declaration, '=default');
    if (node.type === 'AssignmentExpression') {
      const { left, right } = node;
      const isModule =
        left.type === 'MemberExpression' &&
        left.object.type === 'Identifier' &&
        left.object.name === 'module' &&
        writtenName(left.property, left.computed) === 'exports';
      if (isModule) give(right, '=default');
      else if (left.type === 'MemberExpression') give(right, writtenName(left.property, left.computed) ?? '');
    }
  }
  return names;
}
