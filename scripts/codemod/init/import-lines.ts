import { relativeSpecifier } from './agent-import.ts';
import type { PortableImport } from './portable-arguments.ts';

/** The statements that import what the copied arguments use, a module each. */
export function importLines(
  imports: readonly PortableImport[],
  target: string,
  sources: readonly string[],
  { commonJs, quote }: { commonJs: boolean; quote: string },
): string[] {
  const modules = new Map<string, { specifier: string; names: Map<string, PortableImport> }>();
  const values = new Set(imports.flatMap(({ local, isType }) => (isType ? [] : [local])));
  for (const each of imports) {
    if (each.isType && values.has(each.local)) continue;
    const specifier =
      each.file === undefined ? each.module : relativeSpecifier(each.file, target, sources, commonJs);
    const key = `${each.isType === true} ${specifier}`;
    const group = modules.get(key) ?? { specifier, names: new Map<string, PortableImport>() };
    group.names.set(each.local, each);
    modules.set(key, group);
  }
  return [...modules.values()].flatMap(({ specifier, names }) => {
    const module = `${quote}${specifier}${quote}`;
    const all = [...names.values()];
    const [first] = all;
    const kind = first?.isType ? 'type ' : '';
    const behind = first?.attributes === undefined ? '' : ` ${first.attributes}`;
    const from = (binding: string) =>
      commonJs
        ? `const ${binding} = require(${module});`
        : `import ${kind}${binding} from ${module}${behind};`;
    const named = all
      .filter(({ imported }) => imported !== '*' && imported !== 'default')
      .map((each) => specifierOf(each, commonJs));
    return [
      ...all
        .filter(({ imported }) => imported === '*')
        .map(({ local }) => from(commonJs ? local : `* as ${local}`)),
      ...all.filter(({ imported }) => imported === 'default').map(({ local }) => from(local)),
      ...(named.length > 0 ? [from(`{ ${named.join(', ')} }`)] : []),
    ];
  });
}

function specifierOf({ local, imported }: PortableImport, commonJs: boolean): string {
  if (local === imported) return local;
  return commonJs ? `${imported}: ${local}` : `${imported} as ${local}`;
}
