import { collectItems, type RawGuide } from './collect-items.ts';
import type { Bases } from './item-path.ts';
import { parseMarkdown } from './markdown.ts';

/** Finds the tasks of a guide, or of a piece of one, through the Markdown parser. */
export function parsePiece(text: string, bases: Bases): RawGuide {
  return collectItems(parseMarkdown(text), text, bases);
}
