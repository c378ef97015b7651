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

/** The whole account over the days that the dashboard covers. */
export function dailySummary({ dates, totals, top_campaigns }: Dashboard): NotionPage {
  const campaigns = `${totals.campaigns} campaigns, ${totals.active_campaigns} active.`;
  if (dates === null) {
    return {
      title: 'Daily summary: no delivery',
      subject: 'daily-summary',
      children: [paragraph(campaigns)],
    };
  }
  const days = dates.start === dates.stop ? dates.start : `${dates.start} to ${dates.stop}`;
  const top = top_campaigns.map(({ name, spend, ctr, cpa, roas }) => [
    name,
    number(spend),
    number(ctr),
    number(cpa),
    number(roas),
  ]);
  return {
    title: `Daily summary: ${days}`,
    subject: 'daily-summary',
    children: [
      paragraph(campaigns),
      heading('Totals'),
      table(deliveryRows(totals)),
      heading('Top campaigns by spend'),
      table([['Campaign', 'Spend', 'CTR (%)', 'CPA', 'ROAS'], ...top]),
    ],
  };
}

/** A campaign that underperforms, with what its score comes from. */
export function alertPage(campaign: CampaignScore): NotionPage {
  return {
    title: `Underperforming: ${campaign.name} (${campaign.campaign_id}, score ${campaign.score})`,
    subject: `alert:${campaign.campaign_id}`,
    mark: `(${campaign.campaign_id}, score `,
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
