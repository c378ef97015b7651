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

export function richText(text: string): { type: 'text'; text: { content: string } }[] {
  return [{ type: 'text', text: { content: text.slice(0, MAX_TEXT) } }];
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
