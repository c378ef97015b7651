import { setTimeout as delay } from 'node:timers/promises';
import { Client, type CreatePageResponse, isFullDatabase, isFullPage } from '@notionhq/client';
import { BadGatewayError, ServiceUnavailableError } from '../errors.ts';
import { registerSecret } from '../observability/logger.ts';
import { IntegrationCircuit } from './integration-circuit.ts';
import { failureOf, type IntegrationFailure } from './integration-errors.ts';
import { type NotionPage, richText } from './notion-blocks.ts';
import { notionError } from './notion-error.ts';

const NOT_CONFIGURED = 'Notion is not configured: set NOTION_TOKEN and NOTION_DATABASE_ID';
/** Pinned: a newer package must not change what is sent. */
const API_VERSION = '2025-09-03';
const SEARCH_RESULTS = 20;
/** Notion tells when a page was made to the minute, by a clock of its own. */
const CLOCK_SLACK_MS = 120_000;
/** Notion's own word for it is `conflict_error`; its package does not try again. */
const CONFLICT = 409;
/** Waits before the further tries of what failed for a passing reason, milliseconds. */
const AGAIN_MS = [200, 800];

export interface NotionSettings {
  url: string;
  token?: string;
  databaseId?: string;
  /** Of each HTTP call, its body included. */
  timeoutSeconds?: number;
}

export interface NotionPageReference {
  id: string;
  url: string;
}

export interface NotionSearchResult extends NotionPageReference {
  title: string;
  /** ISO 8601 */
  last_edited_time: string;
}

/**
 * The team's Notion database. Every method throws `ServiceUnavailableError` when Notion is not
 * configured, and a typed error of `integration-errors.ts` when Notion does not answer as it should.
 */
export class NotionClient {
  readonly configured: boolean;
  readonly #client: Client;
  readonly #databaseId: string;
  readonly #timeoutSeconds: number;
  readonly #circuit = new IntegrationCircuit('Notion');
  #dataSourceId: string | undefined;

  constructor({ url, token, databaseId, timeoutSeconds = 10 }: NotionSettings) {
    this.configured = token !== undefined && databaseId !== undefined;
    this.#databaseId = databaseId ?? '';
    this.#timeoutSeconds = timeoutSeconds;
    if (token !== undefined) registerSecret(token);
    const timeoutMs = timeoutSeconds * 1000;
    this.#client = new Client({
      auth: token,
      baseUrl: url.replace(/\/+$/, ''),
      notionVersion: API_VERSION,
      timeoutMs,
      // It would send what reads by POST once only. A limit is said at once, with Notion's Retry-After.
      retry: false,
      // The package prints by itself otherwise; failures are logged where they are handled.
      logger: () => {},
      // The package's own deadline ends with the headers and leaves the connection open.
      fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
    });
  }

  /** @throws {ServiceUnavailableError} naming the variables to set */
  assertConfigured(): void {
    if (!this.configured) throw new ServiceUnavailableError(NOT_CONFIGURED);
  }

  /** Makes a page in the database. */
  async createPage({ title, children }: NotionPage): Promise<NotionPageReference> {
    this.assertConfigured();
    const page = await this.#inDataSource((dataSourceId) =>
      this.#write(() =>
        this.#client.pages.create({
          parent: { type: 'data_source_id', data_source_id: dataSourceId },
          // The id of every database's title property, whatever people call it.
          properties: { title: { title: richText(title) } },
          children,
        }),
      ),
    );
    return { id: page.id, url: urlOf(page) };
  }

  /** Gives a page another title, and its first paragraphs other text: no block is added. */
  async updatePage(id: string, { title, children }: NotionPage): Promise<void> {
    this.assertConfigured();
    const properties = { title: { title: richText(title) } };
    await this.#write(() => this.#client.pages.update({ page_id: id, properties }));
    const texts = children.flatMap((block) => ('paragraph' in block ? [block.paragraph.rich_text] : []));
    const { results } = await this.#read(() => this.#client.blocks.children.list({ block_id: id }));
    const paragraphs = results.filter((block) => 'type' in block && block.type === 'paragraph');
    for (const [index, text] of texts.entries()) {
      const block = paragraphs[index];
      if (block === undefined) break;
      const update = { block_id: block.id, paragraph: { rich_text: text } };
      await this.#write(() => this.#client.blocks.update(update));
    }
  }

  /** The first page with `mark` in its title that was made since a moment, or in the two minutes before it. */
  async findPage({ mark, since }: { mark: string; since: Date }): Promise<NotionPageReference | undefined> {
    this.assertConfigured();
    const earliest = new Date(since.getTime() - CLOCK_SLACK_MS).toISOString();
    const { results } = await this.#inDataSource((dataSourceId) =>
      this.#read(() =>
        this.#client.dataSources.query({
          data_source_id: dataSourceId,
          filter: {
            and: [
              { property: 'title', title: { contains: mark } },
              { timestamp: 'created_time', created_time: { on_or_after: earliest } },
            ],
          },
          page_size: 1,
        }),
      ),
    );
    const page = results.find(isFullPage);
    return page && { id: page.id, url: page.url };
  }

  /** Pages whose title matches, the most recently edited first; at most twenty. */
  async search(query: string): Promise<NotionSearchResult[]> {
    this.assertConfigured();
    const { results } = await this.#read(() =>
      this.#client.search({
        query,
        filter: { property: 'object', value: 'page' },
        sort: { timestamp: 'last_edited_time', direction: 'descending' },
        page_size: SEARCH_RESULTS,
      }),
    );
    return results.filter(isFullPage).map((page) => {
      const property = Object.values(page.properties).find(({ type }) => type === 'title');
      const parts = property?.type === 'title' ? property.title : [];
      const title = parts.map(({ plain_text }) => plain_text).join('');
      return { id: page.id, title, url: page.url, last_edited_time: page.last_edited_time };
    });
  }

  /** Since API version 2025-09-03 pages live in a database's data source; ours has one. */
  async #findDataSource(): Promise<string> {
    if (this.#dataSourceId !== undefined) return this.#dataSourceId;
    const database = await this.#read(() =>
      this.#client.databases.retrieve({ database_id: this.#databaseId }),
    );
    const [first] = isFullDatabase(database) ? database.data_sources : [];
    if (first === undefined) throw new BadGatewayError('The configured Notion database has no data source');
    this.#dataSourceId = first.id;
    return first.id;
  }

  /** Somebody may have put another data source in the place of the one that we knew: then it is looked up anew. */
  async #inDataSource<T>(work: (dataSourceId: string) => Promise<T>): Promise<T> {
    const known = this.#dataSourceId;
    try {
      return await work(await this.#findDataSource());
    } catch (error) {
      const failure = failureOf(error);
      const isGone = failure?.kind === 'answer' && [400, 404].includes(failure.status);
      if (known === undefined || !isGone) throw error;
      this.#dataSourceId = undefined;
      const found = await this.#findDataSource();
      if (found === known) throw error;
      return work(found);
    }
  }

  /** Reading twice does no harm. */
  #read<T>(request: () => Promise<T>): Promise<T> {
    return this.#again(request, (failure) => {
      if (failure?.kind === 'network') return true;
      return failure?.kind === 'answer' && (failure.status >= 500 || failure.status === CONFLICT);
    });
  }

  /** What met a conflict was not done: others were writing at the same moment. */
  #write<T>(request: () => Promise<T>): Promise<T> {
    return this.#again(request, (failure) => failure?.kind === 'answer' && failure.status === CONFLICT);
  }

  async #again<T>(
    request: () => Promise<T>,
    isPassing: (failure: IntegrationFailure | undefined) => boolean,
  ): Promise<T> {
    const endsAt = performance.now() + this.#timeoutSeconds * 1000;
    for (const wait of AGAIN_MS) {
      try {
        return await this.#call(request);
      } catch (error) {
        if (!isPassing(failureOf(error)) || performance.now() + wait >= endsAt) throw error;
        await delay(wait);
      }
    }
    return this.#call(request);
  }

  async #call<T>(request: () => Promise<T>): Promise<T> {
    return this.#circuit.run(async () => {
      try {
        return await request();
      } catch (error) {
        throw notionError(error, this.#timeoutSeconds);
      }
    });
  }
}

function urlOf(page: CreatePageResponse): string {
  return isFullPage(page) ? page.url : '';
}
