/** The names in `import { … } from` the specifiers; undefined where they are imported in another way, too. */
export function plainImports(
  text: string,
  specifiers: readonly string[],
): { specifier: string; name: string }[] | undefined {
  const found: { specifier: string; name: string }[] = [];
  let times = 0;
  for (const [, names = '', , specifier = ''] of text.matchAll(
    /^import\s*\{([^}]*)\}\s*from\s*(['"])([^'"]+)\2/gm,
  )) {
    if (!specifiers.includes(specifier)) continue;
    times += 1;
    for (const each of names.split(',')) {
      const [name = ''] = each.trim().split(/\s+as\s+/);
      if (name !== '' && !name.startsWith('type ')) found.push({ specifier, name });
    }
  }
  return times === specifiers.length ? found : undefined;
}
