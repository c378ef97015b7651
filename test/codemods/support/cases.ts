import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type CodemodOptions, DEFAULT_OPTIONS } from '../../../codemods/agent-cache/options.ts';
import type { FileStatus } from '../../../codemods/agent-cache/result.ts';
import type { PlaceReport } from '../../../scripts/codemod/report.ts';

export const CASES = 'codemods/__fixtures__/cases';

/** A file, and what the codemod is to make of it. */
export interface Case {
  /** `<topic>/<case>`. */
  name: string;
  /** Path of the input. */
  path: string;
  source: string;
  options: CodemodOptions;
  /** Undefined when the file is to stay as it is. */
  output: string | undefined;
  /** What is left for a person; nothing when the case has no report. */
  report: { status: FileStatus; left: PlaceReport[] } | undefined;
}

/** Every `<topic>/<case>.input.<extension>` of the fixtures. */
export function readCases(): Case[] {
  const inputs = readdirSync(CASES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.input\.\w+$/.test(file),
  );
  return inputs.sort().map((file) => {
    const input = path.join(CASES, file);
    const beside = (suffix: string) => input.replace(/\.input\.\w+$/, suffix);
    return {
      name: file.replace('.input', ''),
      path: input,
      source: readFileSync(input, 'utf8'),
      options: { ...DEFAULT_OPTIONS, ...readJson<Partial<CodemodOptions>>(beside('.options.json')) },
      output: readIfThere(input.replace('.input.', '.output.')),
      report: readJson<Case['report'] & object>(beside('.report.json')),
    };
  });
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function readJson<T>(file: string): T | undefined {
  const text = readIfThere(file);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}
