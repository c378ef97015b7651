import { randomUUID } from 'node:crypto';
import { type LoopbackAnswer, type LoopbackServer, startLoopbackServer } from './loopback-server.ts';
import { faultsOfNewPage, type NewPage } from './notion-rules.ts';

/** What a `NotionClient` for the stand-in is built with. */
export interface NotionAccess {
  url: string;
  token: string;
  databaseId: string;
}

export interface NotionServer extends LoopbackServer {
  access: NotionAccess;
  /** The pages made so far, in order. */
  pages: StoredPage[];
  /** How many blocks its workspace may ever have: 1,000 in a free one of several members. */
  limits: { blocks: number };
  /** The data sources of the database; empty it for a database without one. */
  dataSources: { id: string; name: string }[];
}

export interface StoredPage extends NewPage {
  id: string;
  title: string;
  last_edited_time: string;
  /** To the minute, as Notion has it. */
  created_time: string;
}

interface Query {
  filter: {
    and: [
      { property: string; title: { contains: string } },
      { timestamp: 'created_time'; created_time: { on_or_after: string } },
    ];
  };
  page_size?: number;
}

const MINUTE_MS = 60_000;
const TOKEN = 'test-notion-token-not-real';
const DATABASE_ID = '11111111-2222-4333-8444-555555555555';

/** A stand-in for the Notion API with one database (API versions 2025-09-03 and later). */
export async function startNotionServer(): Promise<NotionServer> {
  const pages: StoredPage[] = [];
  const limits = { blocks: Number.POSITIVE_INFINITY };
  let blocks = 0;
  const dataSources = [{ id: randomUUID(), name: 'Reports' }];
  const server = await startLoopbackServer(({ method, path, headers, body }) => {
    if (headers.authorization !== `Bearer ${TOKEN}`) {
      return notionError(401, 'unauthorized', 'API token is invalid.');
    }
    if (!/^20(25-09|26-)/.test(String(headers['notion-version']))) {
      return notionError(400, 'missing_version', 'Notion-Version header should be present and current.');
    }
    if (method === 'GET' && path === `/v1/databases/${DATABASE_ID}`) return databaseAnswer(dataSources);
    if (method === 'POST' && path === '/v1/pages') return create(JSON.parse(body));
    const [, pageId] = /^\/v1\/pages\/([\w-]+)$/.exec(path) ?? [];
    const page = pages.find(({ id }) => id === pageId);
    if (method === 'PATCH' && page) return update(page, JSON.parse(body));
    const [, parentId] = /^\/v1\/blocks\/([\w-]+)\/children/.exec(path) ?? [];
    const parent = pages.find(({ id }) => id === parentId);
    if (method === 'GET' && parent) return listBlocks(parent);
    const [, blockId = ''] = /^\/v1\/blocks\/([\w-]+)$/.exec(path) ?? [];
    if (method === 'PATCH' && blockId) return updateBlock(blockId, JSON.parse(body));
    if (method === 'POST' && path === '/v1/search') return search(JSON.parse(body));
    const [, queried] = /^\/v1\/data_sources\/([\w-]+)\/query$/.exec(path) ?? [];
    if (method === 'POST' && dataSources.some(({ id }) => id === queried)) return query(JSON.parse(body));
    return notionError(404, 'object_not_found', `Could not find ${path}.`);
  });

  function create(page: NewPage): LoopbackAnswer {
    const faults = faultsOfNewPage(
      page,
      dataSources.map(({ id }) => id),
    );
    if (faults.length > 0) return notionError(400, 'validation_error', faults.join('; '));
    blocks += blocksOf(page.children);
    if (blocks > limits.blocks) {
      return notionError(403, 'restricted_resource', 'The workspace has used up its blocks.');
    }
    const title = page.properties.title.title.map(({ text }) => text.content).join('');
    const last_edited_time = new Date(Date.UTC(2026, 2, 1, 0, pages.length)).toISOString();
    const created_time = new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS).toISOString();
    const stored = { ...page, id: randomUUID(), title, last_edited_time, created_time };
    pages.push(stored);
    return { status: 200, body: pageObject(stored) };
  }

  function update(page: StoredPage, { properties }: Pick<NewPage, 'properties'>): LoopbackAnswer {
    page.title = properties.title.title.map(({ text }) => text.content).join('');
    return { status: 200, body: pageObject(page) };
  }

  function listBlocks({ id, children }: StoredPage): LoopbackAnswer {
    const results = children.map((block, index) => ({ object: 'block', id: `${id}-${index}`, ...block }));
    return {
      status: 200,
      body: { object: 'list', type: 'block', results, next_cursor: null, has_more: false },
    };
  }

  function updateBlock(blockId: string, block: object): LoopbackAnswer {
    const [, id, index] = /^(.*)-(\d+)$/.exec(blockId) ?? [];
    const child = pages.find((page) => page.id === id)?.children[Number(index)];
    if (child === undefined) return notionError(404, 'object_not_found');
    Object.assign(child, block);
    return { status: 200, body: { object: 'block', id: blockId, ...child } };
  }

  function search({ query, page_size = 100 }: { query: string; page_size?: number }): LoopbackAnswer {
    const found = pages.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase())).reverse();
    return list(found, page_size);
  }

  function query({ filter, page_size = 100 }: Query): LoopbackAnswer {
    const [byTitle, byTime] = filter.and;
    if (byTitle.property !== 'title') {
      return notionError(400, 'validation_error', `Could not find property ${byTitle.property}`);
    }
    const earliest = Date.parse(byTime.created_time.on_or_after);
    const found = pages.filter(
      ({ title, created_time }) =>
        title.includes(byTitle.title.contains) && Date.parse(created_time) >= earliest,
    );
    return list(found, page_size);
  }

  return {
    ...server,
    access: { url: server.url, token: TOKEN, databaseId: DATABASE_ID },
    pages,
    dataSources,
    limits,
  };
}

/** Notion's error document, for `fail()`. */
export function notionError(status: number, code: string, message = code): LoopbackAnswer {
  return { status, body: { object: 'error', status, code, message, request_id: randomUUID() } };
}

function list(found: StoredPage[], pageSize: number): LoopbackAnswer {
  const results = found.slice(0, pageSize).map(pageObject);
  const has_more = found.length > results.length;
  const type = 'page_or_data_source';
  return { status: 200, body: { object: 'list', type, results, next_cursor: null, has_more } };
}

function databaseAnswer(dataSources: NotionServer['dataSources']): LoopbackAnswer {
  const database = {
    object: 'database',
    id: DATABASE_ID,
    title: [],
    url: 'https://notion.example/database',
    data_sources: dataSources,
  };
  return { status: 200, body: database };
}

function pageObject({ id, title, parent, last_edited_time }: StoredPage): object {
  return {
    object: 'page',
    id,
    parent,
    last_edited_time,
    url: `https://notion.example/${id}`,
    // People have renamed the title property, as they may.
    properties: {
      Report: { id: 'title', type: 'title', title: [{ type: 'text', plain_text: title }] },
      Owner: { id: 'x%3Ay', type: 'rich_text', rich_text: [] },
    },
  };
}

/** A page is a block, and each row of a table is one. */
function blocksOf(children: NewPage['children']): number {
  return 1 + children.reduce((sum, { table }) => sum + 1 + (table?.children.length ?? 0), 0);
}
