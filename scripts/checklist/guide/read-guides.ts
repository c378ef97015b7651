import { UsageError } from '../../cli/usage-error.ts';
import type { Finding } from '../report.ts';
import type { Guide, GuideItem } from './guide-item.ts';
import { parseGuide } from './parse-guide.ts';
import { type GuideFile, readGuide } from './read-guide.ts';

/** A guide as it lies on the disk, and what it lists. */
export interface OpenGuide {
  /** Relative to the root. */
  name: string;
  file: GuideFile;
  guide: Guide;
}

/** @throws UsageError when one cannot be read, or all of them together list nothing */
export async function readGuides(root: string, names: readonly string[]): Promise<OpenGuide[]> {
  const guides: OpenGuide[] = [];
  for (const name of names) {
    const file = readGuide(root, name);
    guides.push({ name, file, guide: await parseGuide(file.text, root, undefined, name) });
  }
  if (guides.every(({ guide }) => guide.items.length === 0)) throw new UsageError(describeEmpty(guides));
  return guides;
}

/** Every task of several guides, in their order. */
export function itemsOf(guides: readonly OpenGuide[]): GuideItem[] {
  return guides.flatMap(({ guide }) => guide.items);
}

/** Remarks on lines that look like items and are not read. */
export function unreadNotes(guides: readonly OpenGuide[]): Finding[] {
  return guides.flatMap(({ name, guide }) =>
    guide.unread.map(({ line, column, form, paths }) => ({
      file: name,
      line,
      column,
      rule: 'unread-item' as const,
      id: 'unread-item',
      message: `${form} names ${paths.join(', ')}, and is not read`,
      hint: 'write it as a task: - [ ] `path`',
    })),
  );
}

function describeEmpty(guides: readonly OpenGuide[]): string {
  const names = guides.map(({ name }) => name).join(', ');
  const unread = guides.find(({ guide }) => guide.unread.length > 0);
  const [line] = unread?.guide.unread ?? [];
  const seen =
    line === undefined ? '' : `; line ${line.line} of ${unread?.name} has ${line.form}, which is not read`;
  return `the guide ${names} lists nothing: no task (- [ ]) has a path in backticks or a check${seen}`;
}
