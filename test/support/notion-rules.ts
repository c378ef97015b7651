interface RichText {
  type: string;
  text: { content: string };
}

interface Table {
  table_width: number;
  children: { type: string; table_row: { cells: RichText[][] } }[];
}

/** The part of a create-page request that this project sends. */
export interface NewPage {
  parent: { type: string; data_source_id: string };
  properties: { title: { title: RichText[] } };
  children: { type: string; table?: Table; [kind: string]: unknown }[];
}

const MAX_CHILDREN = 100;
const MAX_TEXT = 2000;

/** What Notion's documented limits and rules hold against a new page. */
export function faultsOfNewPage(page: NewPage, dataSourceIds: string[]): string[] {
  const { parent, properties, children } = page;
  const faults: string[] = [];
  if (!dataSourceIds.includes(parent?.data_source_id)) faults.push('parent should be a data source');
  const unknown = Object.keys(properties).filter((name) => name !== 'title');
  if (unknown.length > 0) faults.push(`${unknown.join(', ')} is not a property that exists`);
  if (children.length > MAX_CHILDREN) faults.push(`children.length should be ≤ ${MAX_CHILDREN}`);
  for (const content of textsOf(page)) {
    if (content.length > MAX_TEXT) faults.push(`text.content.length should be ≤ ${MAX_TEXT}`);
  }
  for (const { table } of children) if (table) faults.push(...faultsOfTable(table));
  for (const child of children) {
    if (child[child.type] === undefined)
      faults.push(`children of type ${child.type} should hold ${child.type}`);
  }
  return faults;
}

function faultsOfTable({ table_width, children }: Table): string[] {
  if (children.length === 0 || children.length > MAX_CHILDREN)
    return ['table.children.length is out of range'];
  const ragged = children.some(({ table_row }) => table_row.cells.length !== table_width);
  return ragged ? ['table rows should have as many cells as the table is wide'] : [];
}

/** Every `text.content` of the page, at whatever depth. */
export function textsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'content' in value && typeof value.content === 'string' ? [value.content] : [];
  return [...own, ...Object.values(value).flatMap(textsOf)];
}
