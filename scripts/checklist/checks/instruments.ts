import type { CallExpression, NewExpression, Node } from '@babel/types';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { walk } from '../source/walk.ts';
import { lastName } from './makers.ts';
import type { ModuleNames } from './module-facts.ts';

/** Whether a name of another module is, or is made with, something of a library of metrics. */
export type MeasuresElsewhere = (specifier: string) => boolean;

/** What the packages are called that count for somebody else, or hand on what does. */
export const METRICS_PACKAGE =
  /prom|metric|telemetry|statsd|hot-shots|datadog|dd-trace|influx|observab|monitor|instrument|micrometer/i;

/** An instrument by its name. */
export interface InstrumentFact {
  name: string;
  /** The functions around what makes it, which somebody has to call. */
  within: readonly string[];
}

const INSTRUMENT = /counter|gauge|histogram|summary|metric/i;

/**
 * The names of instruments that a module makes: `new Counter({ name: '…' })` of prom-client, also through a helper that
 * takes its help; `createCounter('…')`. Not what a class or a function makes that is only called so.
 */
export function readInstruments(
  nodes: readonly Node[],
  names: ModuleNames,
  read: (node: Node | null | undefined) => string | undefined,
  measures: MeasuresElsewhere,
  functionsAround: (made: Node) => readonly string[],
): InstrumentFact[] {
  const found: InstrumentFact[] = [];
  const own = ownMakers(nodes);
  for (const node of nodes) {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
    const [first] = node.arguments;
    const isCalledSo = INSTRUMENT.test(lastName(node.callee));
    const hasHelp = propertyOf(first, 'help') !== undefined;
    if (!hasHelp && !isCalledSo) continue;
    const known = [read(propertyOf(first, 'name')), read(first)].filter((name) => name !== undefined);
    if (known.length === 0 || !isInstrument(node, names, own, measures)) continue;
    const within = functionsAround(node);
    for (const name of known) found.push({ name, within });
  }
  return found;
}

function isInstrument(
  { callee }: CallExpression | NewExpression,
  names: ModuleNames,
  own: ReadonlyMap<string, Node>,
  measures: MeasuresElsewhere,
): boolean {
  const root = rootName(callee);
  const declared = own.get(root);
  if (declared !== undefined) return measuresItself(declared, names, measures);
  const imported = names.imports.get(root);
  // Of a name that nobody declares, and of what a variable holds, no more is known than what it is called.
  return imported === undefined || measures(imported.specifier);
}

/** Whether a class or a function is, or uses, something of a library of metrics. */
function measuresItself(
  declared: Node,
  { imports, functions, constants }: ModuleNames,
  measures: MeasuresElsewhere,
): boolean {
  let is = false;
  walk(declared, (node) => {
    if (is) return;
    const name = node.type === 'Identifier' ? node.name : undefined;
    const imported = name === undefined ? undefined : imports.get(name);
    if (imported !== undefined) is = measures(imported.specifier);
    // One that nobody declares, as in a tree that was cut short.
    else if (
      (node.type === 'NewExpression' || node.type === 'CallExpression') &&
      INSTRUMENT.test(lastName(node.callee))
    ) {
      const root = rootName(node.callee);
      is = root !== '' && !functions.has(root) && !constants.has(root) && !imports.has(root);
    }
  });
  return is;
}

function ownMakers(nodes: readonly Node[]): Map<string, Node> {
  const own = new Map<string, Node>();
  for (const node of nodes) {
    if ((node.type === 'ClassDeclaration' || node.type === 'FunctionDeclaration') && node.id)
      own.set(node.id.name, node);
    if (
      node.type === 'VariableDeclarator' &&
      node.id.type === 'Identifier' &&
      /Function|Class/.test(node.init?.type ?? '')
    )
      own.set(node.id.name, node);
  }
  return own;
}

function rootName(node: Node): string {
  if (node.type === 'MemberExpression') return rootName(node.object);
  if (node.type === 'CallExpression') return rootName(node.callee);
  return node.type === 'Identifier' ? node.name : '';
}

export function propertyOf(node: Node | undefined, key: string): Node | undefined {
  if (node?.type !== 'ObjectExpression') return undefined;
  for (const property of node.properties) {
    if (property.type === 'ObjectProperty' && writtenName(property.key, property.computed) === key)
      return property.value;
  }
  return undefined;
}
