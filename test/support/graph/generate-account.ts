import { addDays } from './calendar.ts';
import type { SeededAccount, SeededAd, SeededCampaign } from './data-types.ts';
import { between, digits, type Prng, prng, wholeBetween } from './prng.ts';
import { kindOf, PROFILES } from './profiles.ts';
import { minorUnits, type Tenant } from './tenants.ts';

/** Days of delivery before the day on which the server started. */
export const HISTORY_DAYS = 120;

const THEMES = [
  'Promoção de Verão',
  'Remarketing carrinho',
  'Público semelhante 1%',
  'Lançamento coleção',
  'Catálogo dinâmico',
  'Reconhecimento de marca',
  'Teste A/B "vídeo" & <imagem>',
  'Frete grátis',
];
const OBJECTIVES = ['OUTCOME_SALES', 'OUTCOME_TRAFFIC', 'OUTCOME_LEADS', 'OUTCOME_AWARENESS'];
/** What campaigns were made for before 2023; Graph still answers it for them. */
const LEGACY_OBJECTIVES: Readonly<Record<string, string>> = {
  OUTCOME_SALES: 'CONVERSIONS',
  OUTCOME_TRAFFIC: 'LINK_CLICKS',
  OUTCOME_LEADS: 'LEAD_GENERATION',
  OUTCOME_AWARENESS: 'REACH',
};

/** The account of a tenant as the seed makes it, with `today` as the end of its history. */
export function generateAccount(seed: string, tenant: Tenant, today: string): SeededAccount {
  const draw = prng(`${seed}/${tenant.id}`);
  const account: SeededAccount = {
    id: tenant.accountId,
    name: `Stand-in account ${tenant.currency}`,
    tenant,
    currency: tenant.currency,
    timeZone: tenant.timeZone,
    offset: minorUnits(tenant.currency),
    businessId: `9${digits(draw, 16)}`,
    createdTime: graphTime(addDays(today, -HISTORY_DAYS - 200), draw),
    accountStatus: 1,
    campaigns: [],
  };
  for (let index = 0; index < tenant.campaigns; index++) {
    account.campaigns.push(generateCampaign(account, index, today, draw));
  }
  return account;
}

function generateCampaign(account: SeededAccount, index: number, today: string, draw: Prng): SeededCampaign {
  const kind = kindOf(index);
  const profile = PROFILES[kind];
  const { status, effectiveStatus, lastDay } = lifeOf(index, today, draw);
  const early = index % 3 === 0 || ['ARCHIVED', 'DELETED'].includes(status);
  const firstDay = addDays(today, -(early ? HISTORY_DAYS : wholeBetween(draw, [40, HISTORY_DAYS])));
  const price = account.tenant.priceScale * account.offset;
  const id = seededId(account, 1, index);
  const budget = Math.round(between(draw, [20, 300]) * account.tenant.priceScale) * account.offset;
  const createdTime = graphTime(addDays(firstDay, -2), draw);
  const campaign: SeededCampaign = {
    id,
    name: `${THEMES[index % THEMES.length]} ${String(index + 1).padStart(2, '0')}`,
    accountId: account.id,
    kind,
    status,
    effectiveStatus,
    objective: objectiveOf(index),
    dailyBudget: index % 5 < 3 ? budget : undefined,
    lifetimeBudget: index % 5 === 3 ? budget * 150 : undefined,
    createdTime,
    updatedTime: graphTime(lastDay ?? addDays(today, -wholeBetween(draw, [1, 9])), draw),
    stopTime: stopOf({ effectiveStatus, lastDay, lifetime: index % 5 === 3, today }),
    firstDay,
    lastDay,
    pace: {
      impressions: between(draw, profile.impressionsPerDay),
      clickRate: between(draw, profile.clickRate),
      purchaseRate: between(draw, profile.purchaseRate),
      thousand: between(draw, profile.costPerThousand) * price,
      basket: between(draw, profile.basket) * price,
    },
    ads: [],
  };
  const ads = wholeBetween(draw, account.tenant.ads);
  for (let position = 0; position < ads; position++) {
    campaign.ads.push(generateAd(account, campaign, index, position));
  }
  return campaign;
}

function generateAd(
  account: SeededAccount,
  campaign: SeededCampaign,
  index: number,
  position: number,
): SeededAd {
  const inherited = campaign.status === 'PAUSED' ? 'CAMPAIGN_PAUSED' : campaign.status;
  return {
    id: seededId(account, 3, index * 10 + position),
    name: `${campaign.name} · anúncio ${position + 1}`,
    accountId: account.id,
    campaignId: campaign.id,
    adsetId: seededId(account, 2, index),
    status: ['ARCHIVED', 'DELETED'].includes(campaign.status) ? campaign.status : 'ACTIVE',
    effectiveStatus: inherited,
    createdTime: campaign.createdTime,
    updatedTime: campaign.updatedTime,
  };
}

/** Every eighth campaign is from the time of the old objectives. */
function objectiveOf(index: number): string {
  const objective = OBJECTIVES[index % 7] ?? 'OUTCOME_SALES';
  return (index % 8 === 4 ? LEGACY_OBJECTIVES[objective] : undefined) ?? objective;
}

/** Of every sixteen campaigns one is archived, one deleted, four are paused, one has issues, one has ended. */
function lifeOf(index: number, today: string, draw: Prng) {
  const turn = index % 16;
  if (turn === 15) {
    const lastDay = addDays(today, -wholeBetween(draw, [10, 80]));
    return { status: 'ARCHIVED', effectiveStatus: 'ARCHIVED', lastDay };
  }
  if (turn === 14) {
    const lastDay = addDays(today, -wholeBetween(draw, [4, 20]));
    return { status: 'DELETED', effectiveStatus: 'DELETED', lastDay };
  }
  if ([2, 6, 10, 13].includes(turn)) {
    const lastDay = addDays(today, -wholeBetween(draw, [3, 38]));
    return { status: 'PAUSED', effectiveStatus: 'PAUSED', lastDay };
  }
  // What has issues cannot deliver; what has ended keeps its status.
  if (turn === 12 || turn === 11) {
    const lastDay = addDays(today, -wholeBetween(draw, [3, 12]));
    return { status: 'ACTIVE', effectiveStatus: turn === 12 ? 'WITH_ISSUES' : 'ACTIVE', lastDay };
  }
  return { status: 'ACTIVE', effectiveStatus: 'ACTIVE', lastDay: undefined };
}

interface Life {
  effectiveStatus: string;
  lastDay: string | undefined;
  lifetime: boolean;
  today: string;
}

/** A lifetime budget needs an end; what delivers no more although it is active has ended. */
function stopOf({ effectiveStatus, lastDay, lifetime, today }: Life): string | undefined {
  if (lastDay !== undefined && effectiveStatus === 'ACTIVE') return `${addDays(lastDay, 1)}T00:00:00+0000`;
  return lifetime ? `${addDays(today, 400)}T00:00:00+0000` : undefined;
}

/** Eighteen digits, beyond what a JavaScript number holds exactly. */
function seededId(account: SeededAccount, family: number, index: number): string {
  return `120${digits(prng(account.id), 6)}${family}${String(index).padStart(8, '0')}`;
}

/** Graph's way to write an instant: no milliseconds, `+0000` without a colon. */
function graphTime(day: string, draw: Prng): string {
  const [hour, minute, second] = [23, 59, 59].map((max) =>
    String(wholeBetween(draw, [0, max])).padStart(2, '0'),
  );
  return `${day}T${hour}:${minute}:${second}+0000`;
}
