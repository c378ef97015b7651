const COMMENT = /\/\*[\s\S]*?\*\/|(^|[^:'"`])\/\/.*/gm;

/** Whether a text declares a class of that name, or takes it from a module; to mention it in words is neither. */
export function declaresOrImports(text: string, name: string): boolean {
  if (!text.includes(name)) return false;
  const word = `(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`;
  const forms = [
    `\\bclass\\s+${word}`,
    `\\b(?:import|export)\\b[^;'"]*${word}[^;'"]*\\bfrom\\b`,
    `${word}[^;'"]*=[^;'"]*\\b(?:require|import)\\s*\\(`,
    `\\.${word}`,
    `\\[\\s*['"]${word}['"]\\s*\\]`,
  ];
  return new RegExp(forms.join('|')).test(text.replace(COMMENT, '$1'));
}
