import type { Machine, Site } from './machine.ts';
import { only, type Value } from './values.ts';

/** What `Symbol()` gives: a key of its own at each place; `Symbol.for('key')` gives one for each text. */
export function symbolOf(text: string | undefined, site: Site, machine: Machine): Value {
  const label = text ?? `${site.file}:${site.offset}`;
  return only(machine.make(`symbol ${label}`, 'native', label, '', 'module'));
}

/** The name of a property by a symbol of the code, or by one of Node's or the language: `[Symbol.dispose]`. */
export function nameOfSymbol({ things }: Value): string | undefined {
  const symbol = [...things.keys()].find(({ kind }) => kind === 'native');
  return symbol && `@@${symbol.label.replace(/^Symbol\./, '')}`;
}
