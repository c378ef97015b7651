declare namespace transform {
  /** A file as jscodeshift hands it over. */
  interface SourceFile {
    path: string;
    source: string;
  }
}

/**
 * The codemod as a jscodeshift transform, for one file; flags are those of `agent-cache codemod`, in camelCase. It
 * sees the files around the one that it is given, and writes nothing.
 *
 * @returns the new text, or undefined when the file stays as it is
 * @throws SyntaxError for a file that does not parse
 */
declare function transform(
  file: transform.SourceFile,
  api: unknown,
  flags: Readonly<Record<string, unknown>>,
): string | undefined;

export = transform;
