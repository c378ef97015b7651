import { randomUUID } from 'node:crypto';
import { N8nClient, type N8nEvent } from '../../integrations/n8n-client.ts';
import { NotionClient, type NotionPageReference } from '../../integrations/notion-client.ts';
import type { NotionPage } from '../../integrations/notion-pages.ts';
import type { OnceLedger } from '../../stores/once-ledger.ts';
import type { TaskDeps } from '../schedule.ts';

export interface OnceRun {
  ledger: OnceLedger;
  /** Names the run: what has been done under this name is not done again. */
  scope: string;
  /** How long a claim stands without a sign of life, seconds. */
  leaseSeconds: number;
  /** For how long that is remembered. */
  ttlSeconds: number;
}

export interface OnceDeps {
  deps: TaskDeps;
  /** What the run wanted done and is not: it has to run again. */
  failures(): number;
}

/** `triedSince`: another try was begun then, and nobody knows how it ended. */
type Work<T> = (id: string, triedSince: Date | undefined) => Promise<T>;
type DoOnce = <T>(what: string, work: Work<T>, otherwise: T) => Promise<T>;

/**
 * What a task works on, so that running it again sends and keeps only what is missing. Between the
 * moment that a receiver has taken something and the note of it lies a gap in which a process may
 * die. What fell into it is looked for in Notion before it is made again; to n8n it goes again with
 * the `id` by which the workflow can tell.
 */
export function createOnceDeps(
  { stores, n8n, notion }: TaskDeps,
  { ledger, scope, leaseSeconds, ttlSeconds }: OnceRun,
): OnceDeps {
  const owner = randomUUID();
  let failures = 0;

  const once: DoOnce = async (what, work, otherwise) => {
    const id = `${scope}:${what}`;
    try {
      const claim = await ledger.claim(id, owner, { lease: leaseSeconds, ttl: ttlSeconds });
      if (claim.state === 'done') return otherwise;
      if (claim.state === 'theirs') throw new Error(`Another run is at ${id}`);
      const result = await work(id, claim.triedSince).catch(async (error: unknown) => {
        await ledger.release(id, owner).catch(() => undefined);
        throw error;
      });
      await ledger.done(id, ttlSeconds);
      return result;
    } catch (error) {
      failures += 1;
      throw error;
    }
  };

  const deps = {
    stores,
    n8n: new OnceN8n(n8n, once),
    notion: new OnceNotion(notion, once),
  };
  return { deps, failures: () => failures };
}

class OnceN8n extends N8nClient {
  readonly #n8n: N8nClient;
  readonly #once: DoOnce;

  constructor(n8n: N8nClient, once: DoOnce) {
    super({});
    this.#n8n = n8n;
    this.#once = once;
  }

  override get configured(): boolean {
    return this.#n8n.configured;
  }

  override async send(event: N8nEvent): Promise<void> {
    const what = ['n8n', event.event, ...subjectOf(event)].join(':');
    await this.#once(what, (id) => this.#n8n.send({ ...event, id }), undefined);
  }
}

class OnceNotion extends NotionClient {
  override readonly configured: boolean;
  readonly #notion: NotionClient;
  readonly #once: DoOnce;

  constructor(notion: NotionClient, once: DoOnce) {
    super({ url: 'http://127.0.0.1' });
    this.configured = notion.configured;
    this.#notion = notion;
    this.#once = once;
  }

  override async createPage(page: NotionPage): Promise<NotionPageReference> {
    const { title, subject = title, mark = title } = page;
    const make: Work<NotionPageReference> = async (_id, triedSince) => {
      const made = triedSince && (await this.#notion.findPage({ mark, since: triedSince }));
      return made ?? this.#notion.createPage(page);
    };
    return this.#once(`notion:${subject}`, make, { id: '', url: '' });
  }
}

function subjectOf({ campaign }: N8nEvent): string[] {
  const { campaign_id: id } = Object(campaign) as { campaign_id?: unknown };
  return typeof id === 'string' ? [id] : [];
}
