import { type FacebookSettings, loadFacebookSettings } from '../config.ts';
import type { AccountReport } from '../domain/account-report.ts';
import type { Campaign, CampaignStatus, CampaignWithInsights, Insights } from '../domain/campaign.ts';
import { budgetUnitsPerCurrencyUnit } from '../domain/currency.ts';
import type { Period } from '../domain/period.ts';
import { registerSecret } from '../observability/logger.ts';
import { currentRequestSignal } from '../observability/request-context.ts';
import type { AgentSession } from './agent-session.ts';
import type { AccountDay } from './account-day.ts';
import { AD_ACCOUNT_FIELDS, type AdAccount, toAdAccount } from './ad-account.ts';
import { calendarDay } from './calendar-day.ts';
import { type At, periodParams, readCampaigns, readDelivery } from './campaign-reads.ts';
import { CAMPAIGN_FIELDS, type CampaignRow, toCampaign } from './campaign-rows.ts';
import { checkCredential } from './credential.ts';
import { AgentUnavailableError, GraphTokenError } from './graph-errors.ts';
import { graphMetrics } from './graph-metrics.ts';
import type { GraphObserver } from './graph-observer.ts';
import { GraphOperation } from './graph-operation.ts';
import { GraphReads } from './graph-reads.ts';
import { GraphTransport } from './graph-transport.ts';
import { InsightsReports } from './insights-report.ts';
import { Learned } from './learned.ts';
import { INSIGHTS_FIELDS, toInsights } from './insights-rows.ts';
import { answerQuestion } from './language/answer-question.ts';
import { parseQuestion } from './language/parse-question.ts';
import { assertOwned, lacksFields, type ObjectKind, readNamed } from './named-object.ts';
import { checkPurchases } from './purchase-check.ts';
import { createOperationApi, preloadSdk, sdkLoaded } from './sdk-api.ts';
import { SharedConnect } from './shared-connect.ts';

/** All calls, retries and waits of one method together may take this many call deadlines. */
export const TOTAL_BUDGET_DEADLINES = 3;

const DEFAULT_REPORT_SECONDS = 120;

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

export interface AccountReportOptions extends CampaignsWithInsightsOptions {
  /** Whether the account's own total is read beside those of its campaigns. */
  withTotal?: boolean;
  /** Whether purchases that would be held against a campaign are compared with those of its ads. */
  checked?: boolean;
}

/** For so long (ms) the account's own state is believed. */
const ACCOUNT_LASTS_MS = 300_000;

/**
 * Reads one ad account of the Marketing API. Building an agent costs nothing; it connects (token
 * and account are checked) on first use, once. Every method answers plain objects and may reject
 * with `AgentUnavailableError` (connecting failed) or a `GraphError` (its own call failed).
 */
// agent-cache: assume method-keeps-nothing — between calls it keeps how fast Graph takes them, which questions were too heavy for it, the account's own state, and who waits for what
export class FacebookAdsAgent {
  readonly #settings: FacebookSettings;
  readonly #transport: GraphTransport;
  readonly #connect = new SharedConnect((signal) => this.#establish(signal));
  #onCredentialRefused: FacebookAdsAgentOptions['onCredentialRefused'];
  readonly #reports: InsightsReports;
  readonly #learned = new Learned();

  /** @throws {ConfigError} when the settings are left out and the environment does not hold them. */
  constructor(settings: FacebookSettings = loadFacebookSettings(), options: FacebookAdsAgentOptions = {}) {
    registerSecret(settings.accessToken, this);
    registerSecret(settings.appSecret, this);
    this.#settings = { ...settings };
    this.#transport = new GraphTransport(settings, options.observer ?? graphMetrics);
    this.#reports = new InsightsReports(this.#transport, settings.reportSeconds ?? DEFAULT_REPORT_SECONDS);
    this.#onCredentialRefused = options.onCredentialRefused;
    this.#learned.session = options.session;
    if (options.session) {
      this.#connect.skip();
      // Connecting would have loaded it.
      preloadSdk();
    }
  }

  /** What connecting has taught, once connected. */
  get session(): AgentSession | undefined {
    return this.#learned.session;
  }

  /** The ad account, once connected. */
  get account(): AdAccount | undefined {
    return this.#learned.session?.account;
  }

  /** When the credential stops to be good; undefined for never, and before connecting. */
  get credentialExpiresAt(): Date | undefined {
    return this.#learned.session?.credentialExpiresAt;
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
   * @param status Graph's own; all but deleted and archived ones when left out.
   * @param limit how many at most, over all pages; all when left out.
   */
  async getCampaigns(status?: CampaignStatus, limit?: number): Promise<Campaign[]> {
    return this.#run(async (reads) => readCampaigns(reads, await this.#at(reads), { status, limit }));
  }

  /** Those that can deliver now, by status, dates and account: Graph calls others active too. */
  async getActiveCampaigns(): Promise<Campaign[]> {
    return this.#run(async (reads) =>
      readCampaigns(reads, await this.#at(reads), { status: 'ACTIVE', activeOnly: true }),
    );
  }

  /** @throws {NotFoundError} when the account has no such campaign. */
  async getCampaign(id: string): Promise<Campaign> {
    return this.#run(async (reads) => {
      const fields = [...CAMPAIGN_FIELDS, 'account_id'].join(',');
      const row = await readNamed('campaign', id, () => reads.object([id], { fields }), lacksFields);
      assertOwned(row, { kind: 'campaign', id, accountId: this.#settings.adAccountId });
      return toCampaign(row as CampaignRow, this.#budgetUnits());
    });
  }

  /**
   * @returns null when the campaign delivered nothing in the period.
   * @throws {NotFoundError} when the account has no such campaign.
   */
  async getCampaignInsights(id: string, period: Period): Promise<Insights | null> {
    return this.#run((reads) => this.#objectInsights('campaign', id, period, reads));
  }

  /**
   * @returns null when the ad delivered nothing in the period.
   * @throws {NotFoundError} when the account has no such ad.
   */
  async getAdInsights(adId: string, period: Period = 'last_30d'): Promise<Insights | null> {
    return this.#run((reads) => this.#objectInsights('ad', adId, period, reads));
  }

  /** @returns null when the account delivered nothing in the period. */
  async getAccountInsights(period: Period): Promise<Insights | null> {
    return this.#run((reads) => this.#accountInsights(reads, period));
  }

  /**
   * Campaigns joined with their delivery. Without a status, archived and deleted ones are among them when they
   * delivered.
   */
  async getCampaignsWithInsights(
    options: CampaignsWithInsightsOptions = {},
  ): Promise<CampaignWithInsights[]> {
    return (await this.getAccountReport(options)).campaigns;
  }

  /** Campaigns joined with their delivery, with all that their figures have to be read by. */
  async getAccountReport(options: AccountReportOptions = {}): Promise<AccountReport> {
    const { status, period = 'last_30d', limit, withTotal = false, checked = false } = options;
    return this.#run(async (reads) => {
      const at = await this.#at(reads);
      const [delivery, total] = await Promise.all([
        readDelivery(reads, at, { status, period, limit }),
        withTotal ? this.#accountInsights(reads, period) : undefined,
      ]);
      const campaigns = checked ? await checkPurchases(reads, delivery, period) : delivery;
      return { ...at, total, campaigns };
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
      this.#learned.session = { validatedAt, credentialExpiresAt, account };
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
  async #run<T>(work: (reads: GraphReads) => Promise<T>): Promise<T> {
    const caller = currentRequestSignal();
    if (!this.#connect.done) await this.connect({ signal: caller });
    await sdkLoaded();
    const stop = new AbortController();
    const signal = caller ? AbortSignal.any([stop.signal, caller]) : stop.signal;
    try {
      const operation = this.#operation(signal);
      const { api } = await createOperationApi(this.#transport, operation);
      const reads = new GraphReads({
        read: (path, params) => api.call('GET', path, { ...params }),
        operation,
        origin: this.#transport.origin,
        accountPath: this.#accountPath,
        reports: this.#reports,
        learned: this.#learned,
        signal,
      });
      return await work(reads);
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

  /** The moment, and the account as it is now: what is connected for an hour may have been disabled since. */
  async #at(reads: GraphReads): Promise<At> {
    const now = new Date();
    const known = this.#learned.session;
    if (known && now.getTime() - known.validatedAt.getTime() > ACCOUNT_LASTS_MS) {
      const last = Math.max(known.validatedAt.getTime(), this.#learned.accountReadAt);
      if (now.getTime() - last > ACCOUNT_LASTS_MS) {
        const row = await reads.object([this.#accountPath], { fields: AD_ACCOUNT_FIELDS.join(',') });
        this.#learned.session = { ...known, account: toAdAccount(row as Record<string, unknown>) };
        this.#learned.accountReadAt = now.getTime();
      }
    }
    const { currency = '', account_status = null, min_daily_budget = null } = this.account ?? {};
    return { now, account: { currency, account_status, min_daily_budget } };
  }

  async #accountInsights(reads: GraphReads, period: Period): Promise<Insights | null> {
    const params = { fields: INSIGHTS_FIELDS.join(','), level: 'account', ...periodParams(period) };
    const [row] = await reads.insights([this.#accountPath, 'insights'], params, 1);
    return row ? toInsights(row) : null;
  }

  async #objectInsights(
    kind: ObjectKind,
    id: string,
    period: Period,
    reads: GraphReads,
  ): Promise<Insights | null> {
    const fields = ['account_id', `${kind}_id`, ...INSIGHTS_FIELDS].join(',');
    // At its own level, an id of another kind answers rows that are not its own.
    const params = { fields, level: kind === 'ad' ? 'ad' : undefined, ...periodParams(period) };
    const [row] = await readNamed(kind, id, () => reads.insights([id, 'insights'], params, 1));
    if (row === undefined) return null;
    assertOwned(row, { kind, id, accountId: this.#settings.adAccountId });
    return toInsights(row);
  }

  #budgetUnits(): number {
    return budgetUnitsPerCurrencyUnit(this.account?.currency ?? '');
  }
}
