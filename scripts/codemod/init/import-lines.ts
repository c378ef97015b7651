import { relativeSpecifier } from './agent-import.ts';
import type { PortableImport } from './portable-arguments.ts';

/** The statements that import what the copied arguments use, a module each. */
export function importLines(
  imports: readonly PortableImport[],
  target: string,
  sources: readonly string[],
  { commonJs, quote }: { commonJs: boolean; quote: string },
): string[] {
  const modules = new Map<string, Map<string, PortableImport>>();
  for (const each of imports) {
    const specifier =
      each.file === undefined ? each.module : relativeSpecifier(each.file, target, sources, commonJs);
    const names = modules.get(specifier) ?? new Map<string, PortableImport>();
    modules.set(specifier, names.set(each.local, each));
  }
  return [...modules].flatMap(([specifier, names]) => {
    const module = `${quote}${specifier}${quote}`;
    const from = (binding: string) =>
      commonJs ? `const ${binding} = require(${module});` : `import ${binding} from ${module};`;
    const all = [...names.values()];
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
