import type { CampaignScore, Dashboard, DeliveryTotals } from '../analytics/performance-analyzer.ts';
import { ATTRIBUTION } from '../domain/attribution.ts';
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
    children: [paragraph(facts), heading('Delivery'), delivery, paragraph(ATTRIBUTION.description)],
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
export function dailySummary(dashboard: Dashboard, day: ReportedDay): NotionPage {
  const { totals, top_campaigns, warnings, attribution } = dashboard;
  const title = `Daily summary: ${day.date}`;
  const campaigns = paragraph(
    [
      `${day.date} in ${day.timezone}: ${totals.campaigns} campaigns, ${totals.active_campaigns} active.`,
      ...warnings,
    ].join('\n'),
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
      paragraph(attribution.description),
      heading('Totals'),
      table(deliveryRows(totals)),
      heading('Top campaigns by spend'),
      table([['Campaign', 'Spend', 'CTR (%)', 'CPA', 'ROAS'], ...top]),
    ],
  };
}

/** A campaign that underperformed and is well again. */
export function recoveryPage(campaign: CampaignScore): NotionPage {
  return newsPage('Well again', campaign);
}

/** A campaign that underperforms, with what its score comes from. */
export function alertPage(campaign: CampaignScore): NotionPage {
  return newsPage('Underperforming', campaign);
}

/**
 * One page for each campaign and day, of a single block: free workspaces have 1,000 blocks for life.
 */
function newsPage(news: string, campaign: CampaignScore): NotionPage {
  const { campaign_id, name, score, rating, results, confidence } = campaign;
  const [, ...rows] = deliveryRows(campaign);
  const lines = [
    rows.map(([metric, value]) => `${metric} ${value}`).join(' · '),
    ...(results ? [`${results.type}: ${results.count ?? 'not known'}, at ${number(results.cost)} each`] : []),
    ...(confidence ? [`Confidence ${confidence.level}: ${confidence.reason}`] : []),
  ];
  return {
    title: `${news}: ${name} (${campaign_id}, score ${score})`,
    mark: `(${campaign_id}, score `,
    isOnePerDay: true,
    children: [
      paragraph(`Campaign ${campaign_id} is rated ${rating}.`, lines.map((line) => `\n${line}`).join('')),
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
