import path from 'node:path';
import { parses } from '../../../codemods/agent-cache/source/parse.ts';
import { biomeFormatter } from './biome-formatter.ts';
import type { Formatter } from './formatter.ts';
import { createNearestFile, type NearestFile } from './nearest-file.ts';
import { type Formatted, keepSilencedLines } from './silenced-lines.ts';
import { prettierFormatter } from './prettier-formatter.ts';

/** Formats what the codemod wrote as the file's own tree would. */
export type FormatAsTree = (file: string, before: string, after: string) => Promise<Formatted>;

const IS_CODE = /\.[cm]?[jt]sx?$/;

/**
 * Creates the last step of a rewritten file. A file that the tree's formatter had written as it stood is written by
 * it again, so that the tree's own check passes; nothing outside the edits can differ then. Any other file stays as
 * the codemod wrote it, as it does in a tree without settings of a formatter, or whose formatter cannot run or gives
 * back what does not parse.
 */
export function createFormatAsTree(): FormatAsTree {
  const nearestFile = createNearestFile();
  const formatters = new Map<string, Formatter | undefined>();
  return async (file, before, after) => {
    const absolute = path.resolve(file);
    const folder = path.dirname(absolute);
    try {
      if (!formatters.has(folder)) formatters.set(folder, formatterOf(folder, nearestFile));
      const formatter = formatters.get(folder);
      if (!formatter || (await formatter.format(absolute, before)) !== before)
        return { text: after, kept: [] };
      const written = await formatter.format(absolute, after);
      if (!IS_CODE.test(file)) return { text: written, kept: [] };
      const formatted = keepSilencedLines(file, after, written);
      return parses(file, formatted.text) ? formatted : { text: after, kept: [] };
    } catch {
      return { text: after, kept: [] };
    }
  };
}

function formatterOf(folder: string, nearestFile: NearestFile): Formatter | undefined {
  return biomeFormatter(folder, nearestFile) ?? prettierFormatter(folder, nearestFile);
}
