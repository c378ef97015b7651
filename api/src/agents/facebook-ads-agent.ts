import { type FacebookSettings, loadFacebookSettings } from '../config.ts';
import type { Campaign, CampaignStatus, CampaignWithInsights, Insights } from '../domain/campaign.ts';
import type { Period } from '../domain/period.ts';
import { registerSecret } from '../observability/logger.ts';
import { currentRequestSignal } from '../observability/request-context.ts';
import type { AgentSession } from './agent-session.ts';
import type { AccountDay } from './account-day.ts';
import { AD_ACCOUNT_FIELDS, type AdAccount, toAdAccount } from './ad-account.ts';
import { calendarDay } from './calendar-day.ts';
import { CAMPAIGN_FIELDS, type CampaignRow, toCampaign } from './campaign-rows.ts';
import { checkCredential } from './credential.ts';
import { budgetUnitsPerCurrencyUnit } from './currency.ts';
import { AgentUnavailableError, GraphTokenError } from './graph-errors.ts';
import { graphMetrics } from './graph-metrics.ts';
import type { GraphObserver } from './graph-observer.ts';
import { GraphOperation } from './graph-operation.ts';
import { readAllRows } from './graph-paging.ts';
import { GraphTransport } from './graph-transport.ts';
import { INSIGHTS_FIELDS, type InsightsRow, toInsights } from './insights-rows.ts';
import { answerQuestion } from './language/answer-question.ts';
import { parseQuestion } from './language/parse-question.ts';
import { assertOwned, lacksFields, type ObjectKind, readNamed } from './named-object.ts';
import { createOperationApi, preloadSdk, sdkLoaded } from './sdk-api.ts';
import { SharedConnect } from './shared-connect.ts';

/** All calls, retries and waits of one method together may take this many call deadlines. */
export const TOTAL_BUDGET_DEADLINES = 3;

export interface FacebookAdsAgentOptions {
  /** Called once, when Graph first refuses the token of a connected agent (codes 190, 102). */
  onCredentialRefused?: (error: GraphTokenError) => void;
  /** What an agent of the same credentials has learnt: this one is connected with it, without a call. */
  session?: AgentSession;
  /** Hears every Graph call; by default they become metrics. */
  observer?: GraphObserver;
}

export interface CampaignsWithInsightsOptions {
  status?: CampaignStatus;
  /** Default `last_30d`. */
  period?: Period;
  /** At most this many campaigns in all. */
  limit?: number;
}

export interface NaturalLanguageAnswer {
  type: string;
  /** The question as it was asked. */
  query: string;
  data: unknown;
}

type Params = Readonly<Record<string, unknown>>;
type ReadApi = (path: string[], params: Params) => Promise<unknown>;

/**
 * Reads one ad account of the Marketing API. Building an agent costs nothing; it connects (token
 * and account are checked) on first use, once. Every method answers plain objects and may reject
 * with `AgentUnavailableError` (connecting failed) or a `GraphError` (its own call failed).
 */
// agent-cache: assume method-keeps-nothing — between calls it keeps how fast Graph takes them and who waits to connect
export class FacebookAdsAgent {
  readonly #settings: FacebookSettings;
  readonly #transport: GraphTransport;
  readonly #connect = new SharedConnect((signal) => this.#establish(signal));
  #onCredentialRefused: FacebookAdsAgentOptions['onCredentialRefused'];
  #session: AgentSession | undefined;

  /** @throws {ConfigError} when the settings are left out and the environment does not hold them. */
  constructor(settings: FacebookSettings = loadFacebookSettings(), options: FacebookAdsAgentOptions = {}) {
    registerSecret(settings.accessToken);
    registerSecret(settings.appSecret);
    this.#settings = { ...settings };
    this.#transport = new GraphTransport(settings, options.observer ?? graphMetrics);
    this.#onCredentialRefused = options.onCredentialRefused;
    this.#session = options.session;
    if (options.session) {
      this.#connect.skip();
      // Connecting would have loaded it.
      preloadSdk();
    }
  }

  /** What connecting has taught, once connected. */
  get session(): AgentSession | undefined {
    return this.#session;
  }

  /** The ad account, once connected. */
  get account(): AdAccount | undefined {
    return this.#session?.account;
  }

  /** When the credential stops to be good; undefined for never, and before connecting. */
  get credentialExpiresAt(): Date | undefined {
    return this.#session?.credentialExpiresAt;
  }

  /**
   * Checks the token and reads the ad account, once for this instance; concurrent callers share
   * it, and the next call after a failure tries again.
   * @param options.signal gives up waiting; it rejects with the signal's reason.
   * @throws {AgentUnavailableError}
   */
  connect(options: { signal?: AbortSignal } = {}): Promise<void> {
    return this.#connect.join(options.signal);
  }

  /**
   * The account's campaigns in Graph's order.
   * @param status effective status; all but deleted and archived ones when left out.
   * @param limit how many at most, over all pages; all when left out.
   */
  async getCampaigns(status?: CampaignStatus, limit?: number): Promise<Campaign[]> {
    return this.#run((read) => this.#campaigns(read, status, limit));
  }

  /** @throws {NotFoundError} when the account has no such campaign. */
  async getCampaign(id: string): Promise<Campaign> {
    return this.#run(async (read) => {
      const fields = [...CAMPAIGN_FIELDS, 'account_id'].join(',');
      const row = await readNamed('campaign', id, () => read([id], { fields }), lacksFields);
      assertOwned(row, { kind: 'campaign', id, accountId: this.#settings.adAccountId });
      return toCampaign(row as CampaignRow, this.#budgetUnits());
    });
  }

  /**
   * @returns null when the campaign delivered nothing in the period.
   * @throws {NotFoundError} when the account has no such campaign.
   */
  async getCampaignInsights(id: string, period: Period): Promise<Insights | null> {
    return this.#run((read) => this.#objectInsights('campaign', id, period, read));
  }

  /**
   * @returns null when the ad delivered nothing in the period.
   * @throws {NotFoundError} when the account has no such ad.
   */
  async getAdInsights(adId: string, period: Period = 'last_30d'): Promise<Insights | null> {
    return this.#run((read) => this.#objectInsights('ad', adId, period, read));
  }

  /** @returns null when the account delivered nothing in the period. */
  async getAccountInsights(period: Period): Promise<Insights | null> {
    return this.#run(async (read) => {
      const params = { fields: INSIGHTS_FIELDS.join(','), level: 'account', ...periodParams(period) };
      const [row] = await this.#rows(read, [this.#accountPath, 'insights'], params, 1);
      return row ? toInsights(row as InsightsRow) : null;
    });
  }

  /** Campaigns joined with their delivery: two Graph edges, however many campaigns there are. */
  async getCampaignsWithInsights(
    options: CampaignsWithInsightsOptions = {},
  ): Promise<CampaignWithInsights[]> {
    const { status, period = 'last_30d', limit } = options;
    return this.#run(async (read) => {
      const [campaigns, insights] = await Promise.all([
        this.#campaigns(read, status, limit),
        this.#insightsByCampaign(read, period),
      ]);
      return campaigns.map((campaign) => ({ ...campaign, insights: insights.get(campaign.id) ?? null }));
    });
  }

  /**
   * Answers a question in Portuguese or English, e.g. "quais campanhas estão ativas?" or "worst
   * campaigns by ctr last week". What it does not understand is answered with examples (`help`).
   */
  async processNaturalLanguageQuery(text: string): Promise<NaturalLanguageAnswer> {
    await this.connect();
    const { currency = '', timezone_name = 'UTC' } = this.account ?? {};
    const question = parseQuestion(text, calendarDay(new Date(), timezone_name));
    const { type, data } = await answerQuestion(question, this, currency);
    return { type, query: text, data };
  }

  /** The day that a moment is for the account. */
  async getAccountDay(moment: Date): Promise<AccountDay> {
    await this.connect();
    const { timezone_name: timezone = 'UTC' } = this.account ?? {};
    return { date: calendarDay(moment, timezone), timezone };
  }

  get #accountPath(): string {
    return `act_${this.#settings.adAccountId}`;
  }

  async #establish(signal: AbortSignal): Promise<void> {
    await sdkLoaded();
    const stop = new AbortController();
    const operation = this.#operation(AbortSignal.any([signal, stop.signal]));
    const validatedAt = new Date();
    try {
      const [credentialExpiresAt, account] = await Promise.all([
        this.#transport
          .inspectToken(operation)
          .then((report) => checkCredential(report, this.#settings.appId)),
        this.#readAccount(operation),
      ]);
      this.#session = { validatedAt, credentialExpiresAt, account };
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      throw new AgentUnavailableError({ cause });
    } finally {
      stop.abort();
    }
  }

  async #readAccount(operation: GraphOperation): Promise<AdAccount> {
    const { AdAccount, api } = await createOperationApi(this.#transport, operation);
    const account = new AdAccount(this.#accountPath, {}, undefined, api);
    const read = await account.read([...AD_ACCOUNT_FIELDS]);
    return toAdAccount(read.exportAllData());
  }

  /** Connects, then runs one operation within one budget. */
  async #run<T>(work: (read: ReadApi) => Promise<T>): Promise<T> {
    const caller = currentRequestSignal();
    if (!this.#connect.done) await this.connect({ signal: caller });
    await sdkLoaded();
    const stop = new AbortController();
    const signal = caller ? AbortSignal.any([stop.signal, caller]) : stop.signal;
    try {
      const { api } = await createOperationApi(this.#transport, this.#operation(signal));
      return await work((path, params) => api.call('GET', path, { ...params }));
    } catch (error) {
      if (error instanceof GraphTokenError) this.#reportRefusal(error);
      throw error;
    } finally {
      // What still runs beside a failed call is of no use to anybody.
      stop.abort();
    }
  }

  #operation(signal: AbortSignal): GraphOperation {
    return new GraphOperation(this.#settings.timeoutSeconds * TOTAL_BUDGET_DEADLINES, signal);
  }

  #reportRefusal(error: GraphTokenError): void {
    const listener = this.#onCredentialRefused;
    this.#onCredentialRefused = undefined;
    listener?.(error);
  }

  async #campaigns(read: ReadApi, status?: CampaignStatus, limit?: number): Promise<Campaign[]> {
    const params = { fields: CAMPAIGN_FIELDS.join(','), effective_status: status && [status] };
    const rows = await this.#rows(read, [this.#accountPath, 'campaigns'], params, limit);
    const budgetUnits = this.#budgetUnits();
    return rows.map((row) => toCampaign(row as CampaignRow, budgetUnits));
  }

  async #insightsByCampaign(read: ReadApi, period: Period): Promise<Map<unknown, Insights>> {
    const fields = ['campaign_id', ...INSIGHTS_FIELDS].join(',');
    const params = { fields, level: 'campaign', ...periodParams(period) };
    const rows = (await this.#rows(read, [this.#accountPath, 'insights'], params)) as InsightsRow[];
    return new Map(rows.map((row) => [row.campaign_id, toInsights(row)]));
  }

  async #objectInsights(
    kind: ObjectKind,
    id: string,
    period: Period,
    read: ReadApi,
  ): Promise<Insights | null> {
    const fields = ['account_id', `${kind}_id`, ...INSIGHTS_FIELDS].join(',');
    // At its own level, an id of another kind answers rows that are not its own.
    const params = { fields, level: kind === 'ad' ? 'ad' : undefined, ...periodParams(period) };
    const [row] = await readNamed(kind, id, () => this.#rows(read, [id, 'insights'], params, 1));
    if (row === undefined) return null;
    assertOwned(row, { kind, id, accountId: this.#settings.adAccountId });
    return toInsights(row as InsightsRow);
  }

  #rows(read: ReadApi, path: string[], params: Params, limit?: number): Promise<unknown[]> {
    return readAllRows((page) => read(path, { ...params, ...page }), this.#transport.origin, limit);
  }

  #budgetUnits(): number {
    return budgetUnitsPerCurrencyUnit(this.account?.currency ?? '');
  }
}

function periodParams(period: Period): Params {
  if (typeof period === 'string') return { date_preset: period };
  return { time_range: { since: period.since, until: period.until } };
}
