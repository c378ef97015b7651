import { DATE_PRESETS, type DatePreset, type DateRange } from '../../../api/src/domain/period.ts';
import { addDays, dayIn, dayNumber, presetRange } from './calendar.ts';
import type { DayCell, SeededAccount, SeededAd, SeededCampaign } from './data-types.ts';
import { dayCell } from './day-cells.ts';
import { type ExpectedInsights, expectedFrom } from './expected.ts';
import { generateAccount, HISTORY_DAYS } from './generate-account.ts';
import type { CampaignKind } from './profiles.ts';
import { sumCells } from './sums.ts';
import type { Tenant } from './tenants.ts';

/** One object to ask about; the default account when none is named. `account` is an id or a tenant's id. */
export interface Subject {
  campaignId?: string;
  adId?: string;
  account?: string;
}

/** Either a preset or both ends of a range, in the account's days. */
export type When = { preset: DatePreset } | DateRange;

export interface DataSetOptions {
  seed: string;
  tenants: readonly Tenant[];
  now: () => Date;
}

/** The seeded world behind the server, with the arithmetic that tests check answers by. */
export class DataSet {
  readonly accounts: SeededAccount[] = [];
  /** Levels of insights at which the purchases of some days are not there yet. */
  missingPurchases: ({ levels: readonly string[] } & DateRange) | undefined;
  /** Whether purchases of the last 28 days are still coming in, as at Graph: the younger the day, the fewer. */
  settling = false;
  readonly #seed: string;
  readonly #now: () => Date;
  readonly #campaigns = new Map<string, SeededCampaign>();
  readonly #ads = new Map<string, SeededAd>();
  /** By campaign and day: minor units. */
  readonly #spent = new Map<string, number>();
  /** By ad; the index counts days from the campaign's first. */
  readonly #cells = new Map<string, DayCell[]>();

  constructor({ seed, tenants, now }: DataSetOptions) {
    this.#seed = seed;
    this.#now = now;
    for (const tenant of tenants) this.addTenant(tenant);
  }

  addTenant(tenant: Tenant): SeededAccount {
    const known = this.accounts.find(({ id }) => id === tenant.accountId);
    if (known !== undefined) return known;
    const account = generateAccount(this.#seed, tenant, dayIn(tenant.timeZone, this.#now()));
    this.accounts.push(account);
    for (const campaign of account.campaigns) {
      this.#campaigns.set(campaign.id, campaign);
      for (const ad of campaign.ads) this.#ads.set(ad.id, ad);
    }
    return account;
  }

  findAccount(idOrTenant: string): SeededAccount | undefined {
    return this.accounts.find(({ id, tenant }) => id === idOrTenant || tenant.id === idOrTenant);
  }

  findCampaign(id: string): SeededCampaign | undefined {
    return this.#campaigns.get(id);
  }

  findAd(id: string): SeededAd | undefined {
    return this.#ads.get(id);
  }

  /** @throws when there is no such account; the default one when not named */
  account(idOrTenant?: string): SeededAccount {
    const account = idOrTenant === undefined ? this.accounts[0] : this.findAccount(idOrTenant);
    if (account === undefined) throw new Error(`The stand-in has no account ${idOrTenant ?? 'at all'}`);
    return account;
  }

  /** Campaigns of an account, narrowed by kind and effective status. */
  campaigns(
    filter: { account?: string; kind?: CampaignKind; effectiveStatus?: string } = {},
  ): SeededCampaign[] {
    return this.account(filter.account).campaigns.filter(
      ({ kind, effectiveStatus }) =>
        (filter.kind ?? kind) === kind && (filter.effectiveStatus ?? effectiveStatus) === effectiveStatus,
    );
  }

  /** Campaigns that can deliver at a moment: active ones whose end has not come. */
  activeCampaigns(account?: string, now = new Date()): SeededCampaign[] {
    return this.campaigns({ account, effectiveStatus: 'ACTIVE' }).filter(
      ({ stopTime }) => stopTime === undefined || new Date(stopTime) > now,
    );
  }

  /** The account's calendar day at this moment of the server's clock. */
  today(account?: string): string {
    return dayIn(this.account(account).timeZone, this.#now());
  }

  /** The first day on which an account can have delivered. */
  earliest(account?: string): string {
    const days = this.account(account).campaigns.map(({ firstDay }) => firstDay);
    return days.sort()[0] ?? addDays(this.today(account), -HISTORY_DAYS);
  }

  range(when: When, account?: string): DateRange {
    if (!('preset' in when)) return { since: when.since, until: when.until };
    if (!DATE_PRESETS.includes(when.preset)) throw new Error(`Not a preset: ${when.preset}`);
    return presetRange(when.preset, this.today(account), this.earliest(account));
  }

  /** What one ad delivered, day by day; days without delivery are left out. Nothing lies in the future. */
  adCells(adId: string, { since, until }: DateRange): DayCell[] {
    const ad = this.#ads.get(adId);
    const campaign = ad && this.#campaigns.get(ad.campaignId);
    if (ad === undefined || campaign === undefined) return [];
    const days = this.#cells.get(adId) ?? [];
    this.#cells.set(adId, days);
    const first = dayNumber(campaign.firstDay);
    const last = Math.min(dayNumber(campaign.lastDay ?? until), dayNumber(until), this.#todayNumber(ad));
    const cells: DayCell[] = [];
    for (let index = Math.max(0, dayNumber(since) - first); index <= last - first; index++) {
      const cell = days[index] ?? dayCell(this.#seed, campaign, ad, addDays(campaign.firstDay, index));
      if (cell === undefined) continue;
      days[index] = cell;
      cells.push(this.settling ? settled(cell, this.#todayNumber(ad)) : cell);
    }
    return cells;
  }

  cells(subject: Subject, range: DateRange): DayCell[] {
    return this.#adsOf(subject).flatMap((ad) => this.adCells(ad.id, range));
  }

  /**
   * What a correct client must answer about a subject: plain numbers in major units, null without
   * delivery, and null for a rate whose denominator is zero.
   */
  expectedInsights(query: Subject & When): ExpectedInsights | null {
    const account = this.#accountOf(query);
    const range = this.range(query, account.id);
    const sums = sumCells(this.cells(query, range));
    return sums === undefined ? null : expectedFrom(sums, range, account.offset);
  }

  /** All that a campaign has spent until now, minor units. */
  spentBy(campaignId: string): number {
    const key = `${campaignId} ${Math.floor(this.#now().getTime() / HOUR_MS)}`;
    const known = this.#spent.get(key);
    if (known !== undefined) return known;
    const range = { since: '2000-01-01', until: '2999-12-31' };
    const spent = this.cells({ campaignId }, range).reduce((sum, { spend }) => sum + spend, 0);
    this.#spent.set(key, spent);
    return spent;
  }

  /** What rows of a level show of a day: purchases may be missing there for a while, and be there at another. */
  shownAt(level: string): (cell: DayCell) => DayCell {
    const missing = this.missingPurchases;
    if (!missing?.levels.includes(level)) return (cell) => cell;
    const { since, until } = missing;
    return (cell) =>
      cell.day < since || cell.day > until ? cell : { ...cell, purchases: 0, revenue: 0, cartAdditions: 0 };
  }

  #todayNumber({ accountId }: SeededAd): number {
    return dayNumber(this.today(accountId));
  }

  #adsOf({ adId, campaignId, account }: Subject): SeededAd[] {
    if (adId !== undefined) return [this.#ads.get(adId)].filter((ad) => ad !== undefined);
    if (campaignId !== undefined) return this.#campaigns.get(campaignId)?.ads ?? [];
    return this.account(account).campaigns.flatMap(({ ads }) => ads);
  }

  #accountOf({ adId, campaignId, account }: Subject): SeededAccount {
    const owned = adId === undefined ? undefined : this.#ads.get(adId);
    const campaign = campaignId === undefined ? undefined : this.#campaigns.get(campaignId);
    return this.account(owned?.accountId ?? campaign?.accountId ?? account);
  }
}

const HOUR_MS = 3_600_000;
const SETTLED_AFTER_DAYS = 28;

/** A day as it is seen when it is young: half of its purchases at once, the rest over 28 days. */
function settled(cell: DayCell, today: number): DayCell {
  const age = Math.min(SETTLED_AFTER_DAYS, today - dayNumber(cell.day));
  const purchases = Math.floor(cell.purchases * (0.5 + age / (2 * SETTLED_AFTER_DAYS)));
  const revenue = cell.purchases === 0 ? 0 : Math.round((cell.revenue * purchases) / cell.purchases);
  return { ...cell, purchases, revenue };
}
