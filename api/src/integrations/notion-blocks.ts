import type { CreatePageParameters } from '@notionhq/client';

export type NotionBlock = NonNullable<CreatePageParameters['children']>[number];

/** A page to be made: its title and what stands on it. */
export interface NotionPage {
  title: string;
  /** What its title alone has among pages made at about the same time, on another try too; by default all of it. */
  mark?: string;
  /** Whether a page of the same mark that was made on the same day (UTC) is brought up to date instead. */
  isOnePerDay?: boolean;
  children: NotionBlock[];
}

/** Notion refuses longer text in one rich text object. */
const MAX_TEXT = 2000;
/** And more than so many of them in one place. */
const MAX_PIECES = 100;
const HIGH_SURROGATE = /[\uD800-\uDBFF]$/;

/** A text in as many pieces as it takes, none of which ends within a letter. */
export function richText(text: string): { type: 'text'; text: { content: string } }[] {
  const pieces: string[] = [];
  let rest = text;
  do {
    const piece = rest.slice(0, MAX_TEXT);
    const whole = rest.length > MAX_TEXT ? piece.replace(HIGH_SURROGATE, '') : piece;
    pieces.push(whole);
    rest = rest.slice(whole.length);
  } while (rest !== '' && pieces.length < MAX_PIECES);
  return pieces.map((content) => ({ type: 'text', text: { content } }));
}

/** One block, of one text or several that follow each other. */
export function paragraph(...texts: readonly string[]): NotionBlock {
  return { type: 'paragraph', paragraph: { rich_text: texts.flatMap(richText) } };
}

export function heading(text: string): NotionBlock {
  return { type: 'heading_2', heading_2: { rich_text: richText(text) } };
}

/** The first row is the header; every row has as many cells as it. At most 100 rows. */
export function table(rows: readonly (readonly string[])[]): NotionBlock {
  return {
    type: 'table',
    table: {
      table_width: rows[0]?.length ?? 0,
      has_column_header: true,
      children: rows.map((row) => ({ type: 'table_row', table_row: { cells: row.map(richText) } })),
    },
  };
}
