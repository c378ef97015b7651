import type { CampaignScore, Dashboard, DeliveryTotals } from '../analytics/performance-analyzer.ts';
import type { Campaign, Insights } from '../domain/campaign.ts';
import type { DatePreset } from '../domain/period.ts';
import { heading, type NotionPage, paragraph, table } from './notion-blocks.ts';

export type { NotionPage } from './notion-blocks.ts';

/** One campaign over one period. */
export function campaignReport(
  campaign: Campaign,
  insights: Insights | null,
  datePreset: DatePreset,
): NotionPage {
  const period = insights ? `${insights.date_start} to ${insights.date_stop}` : datePreset;
  const facts = `Campaign ${campaign.id}, ${campaign.effective_status}, objective ${campaign.objective ?? 'none'}.`;
  const delivery = insights ? table(deliveryRows(insights)) : paragraph('No delivery in this period.');
  return {
    title: `${campaign.name}: ${period}`,
    children: [paragraph(facts), heading('Delivery'), delivery],
  };
}

/** The day that a report is about. */
export interface ReportedDay {
  /** `YYYY-MM-DD` */
  date: string;
  /** IANA name of the ad account's time zone, whose day it is. */
  timezone: string;
}

/** The whole account over one of its days. */
export function dailySummary({ totals, top_campaigns }: Dashboard, day: ReportedDay): NotionPage {
  const title = `Daily summary: ${day.date}`;
  const campaigns = paragraph(
    `${day.date} in ${day.timezone}: ${totals.campaigns} campaigns, ${totals.active_campaigns} active.`,
  );
  if (totals.impressions === 0 && totals.spend === 0) {
    return { title, children: [campaigns, paragraph('No delivery on this day.')] };
  }
  const top = top_campaigns.map(({ name, spend, ctr, cpa, roas }) => [
    name,
    number(spend),
    number(ctr),
    number(cpa),
    number(roas),
  ]);
  return {
    title,
    children: [
      campaigns,
      heading('Totals'),
      table(deliveryRows(totals)),
      heading('Top campaigns by spend'),
      table([['Campaign', 'Spend', 'CTR (%)', 'CPA', 'ROAS'], ...top]),
    ],
  };
}

/** A campaign that underperformed and is well again. */
export function recoveryPage(campaign: CampaignScore): NotionPage {
  return {
    title: `Well again: ${campaign.name} (${campaign.campaign_id}, score ${campaign.score})`,
    mark: `Well again: ${campaign.name} (${campaign.campaign_id}, `,
    children: [
      paragraph(`Campaign ${campaign.campaign_id} is rated ${campaign.rating}.`),
      heading('Delivery'),
      table(deliveryRows(campaign)),
    ],
  };
}

/** A campaign that underperforms, with what its score comes from. */
export function alertPage(campaign: CampaignScore): NotionPage {
  return {
    title: `Underperforming: ${campaign.name} (${campaign.campaign_id}, score ${campaign.score})`,
    mark: `Underperforming: ${campaign.name} (${campaign.campaign_id}, `,
    children: [
      paragraph(`Campaign ${campaign.campaign_id} is rated ${campaign.rating}.`),
      heading('Delivery'),
      table(deliveryRows(campaign)),
    ],
  };
}

function deliveryRows(delivery: DeliveryTotals): string[][] {
  return [
    ['Metric', 'Value'],
    ['Impressions', String(delivery.impressions)],
    ['Clicks', String(delivery.clicks)],
    ['Conversions', String(delivery.conversions)],
    ['Spend', number(delivery.spend)],
    ['Revenue', number(delivery.revenue)],
    ['CTR (%)', number(delivery.ctr)],
    ['CPC', number(delivery.cpc)],
    ['CPA', number(delivery.cpa)],
    ['ROAS', number(delivery.roas)],
  ];
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(2);
}
