/** A text of the table as a page shows it: `<name>` for a name, and `N` for a line. */
export function inWords(template: string): string {
  return template.replace(/\{([^{}]+)\}/g, (_, hole: string) =>
    /\bline \d/.test(hole) ? hole.replace(/\bline (\d)(?: of file \d)?/, 'line N') : `<${hole}>`,
  );
}
