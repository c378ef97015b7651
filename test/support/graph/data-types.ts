import type { CampaignKind } from './profiles.ts';
import type { Tenant } from './tenants.ts';

export interface SeededAd {
  id: string;
  name: string;
  accountId: string;
  campaignId: string;
  adsetId: string;
  status: string;
  effectiveStatus: string;
  createdTime: string;
  updatedTime: string;
}

export interface SeededCampaign {
  id: string;
  name: string;
  accountId: string;
  kind: CampaignKind;
  status: string;
  effectiveStatus: string;
  objective: string;
  /** Minor units; a campaign has one of the two budgets, or none. */
  dailyBudget: number | undefined;
  lifetimeBudget: number | undefined;
  createdTime: string;
  updatedTime: string;
  /** When it is to end, whatever its status says; none without an end. */
  stopTime: string | undefined;
  /** First and last day that deliver; no last day while it runs. */
  firstDay: string;
  lastDay: string | undefined;
  /** Drawn once from the kind's profile: prices in minor units, rates as fractions. */
  pace: { impressions: number; clickRate: number; purchaseRate: number; thousand: number; basket: number };
  ads: SeededAd[];
}

export interface SeededAccount {
  id: string;
  name: string;
  tenant: Tenant;
  currency: string;
  timeZone: string;
  /** Minor units in a major unit. */
  offset: number;
  businessId: string;
  createdTime: string;
  /** 1 delivers; 2, 3, 7, 8, 9, 100 and 101 do not. */
  accountStatus: number;
  campaigns: SeededCampaign[];
}

/** What one ad delivered on one day: whole numbers, money in minor units. */
export interface DayCell {
  day: string;
  impressions: number;
  clicks: number;
  linkClicks: number;
  reach: number;
  spend: number;
  cartAdditions: number;
  purchases: number;
  revenue: number;
  /** Of campaigns that aim at leads, which sell nothing. */
  leads: number;
}
