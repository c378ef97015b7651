/** `import { … } from '…'`, with the names and the specifier. */
export const NAMED_IMPORT = /^import\s*\{([^}]*)\}\s*from\s*(['"])([^'"]+)\2/gm;

/** The names in `import { … } from` the specifiers; undefined where they are imported, or called, in another way. */
export function plainImports(
  text: string,
  specifiers: readonly string[],
): { specifier: string; name: string }[] | undefined {
  const found: { specifier: string; name: string }[] = [];
  let times = 0;
  for (const [, names = '', , specifier = ''] of text.matchAll(NAMED_IMPORT)) {
    if (!specifiers.includes(specifier)) continue;
    times += 1;
    for (const each of names.split(',')) {
      const name = each.trim();
      if (/\sas\s/.test(name) && !name.startsWith('type ')) return undefined;
      if (name !== '' && !name.startsWith('type ')) found.push({ specifier, name });
    }
  }
  return times === specifiers.length ? found : undefined;
}
