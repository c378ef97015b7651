import { Counter } from 'prom-client';
import type { CampaignScore } from '../analytics/performance-analyzer.ts';
import type { N8nClient } from '../integrations/n8n-client.ts';
import type { NotionClient } from '../integrations/notion-client.ts';
import { alertPage } from '../integrations/notion-pages.ts';
import { logger } from '../observability/logger.ts';
import { registry } from '../observability/prometheus.ts';

/** A campaign with a lower score underperforms: what the analyzer rates as poor. */
export const UNDERPERFORMING_BELOW = 40;

/** Below this score somebody is told at once, by WhatsApp. */
export const WHATSAPP_BELOW = 30;

export interface AlertDeps {
  n8n: N8nClient;
  notion: NotionClient;
}

export interface AlertCounts {
  sent: number;
  failed: number;
}

interface Channel {
  name: 'n8n' | 'notion' | 'whatsapp';
  configured: boolean;
  wants(campaign: CampaignScore): boolean;
  send(campaign: CampaignScore): Promise<unknown>;
}

const alertsTotal = new Counter({
  name: 'campaign_alerts_total',
  help: 'Alerts on underperforming campaigns, by channel and outcome (sent, failed)',
  labelNames: ['channel', 'outcome'],
  registers: [registry],
});

/**
 * Alerts on each of the given campaigns: an n8n event, a Notion page and, below `WHATSAPP_BELOW`,
 * a WhatsApp message (sent by n8n). A channel that is not configured is left out; an alert that
 * fails is logged and counted, and stops no other. Never rejects.
 */
export async function raiseAlerts(
  campaigns: readonly CampaignScore[],
  deps: AlertDeps,
): Promise<AlertCounts> {
  const counts = await Promise.all(channelsOf(deps).map((channel) => raiseOn(channel, campaigns)));
  return counts.reduce((sum, { sent, failed }) => ({ sent: sum.sent + sent, failed: sum.failed + failed }));
}

function channelsOf({ n8n, notion }: AlertDeps): Channel[] {
  return [
    {
      name: 'n8n',
      configured: n8n.configured,
      wants: () => true,
      send: (campaign) => n8n.send({ event: 'campaign-underperforming', campaign }),
    },
    {
      name: 'notion',
      configured: notion.configured,
      wants: () => true,
      send: (campaign) => notion.createPage(alertPage(campaign)),
    },
    {
      name: 'whatsapp',
      configured: n8n.configured,
      wants: ({ score }) => score !== null && score < WHATSAPP_BELOW,
      send: (campaign) =>
        n8n.send({
          event: 'campaign-alert',
          channel: 'whatsapp',
          message: `Campaign "${campaign.name}" scores ${campaign.score} of 100`,
          campaign,
        }),
    },
  ];
}

async function raiseOn(channel: Channel, campaigns: readonly CampaignScore[]): Promise<AlertCounts> {
  const counts: AlertCounts = { sent: 0, failed: 0 };
  const wanted = campaigns.filter((campaign) => channel.wants(campaign));
  if (wanted.length === 0) return counts;
  if (!channel.configured) {
    logger.debug(`Alerts through ${channel.name} skipped: not configured`);
    return counts;
  }
  // One after the other: both services limit bursts.
  for (const campaign of wanted) {
    const outcome = await attempt(channel, campaign);
    counts[outcome] += 1;
    alertsTotal.inc({ channel: channel.name, outcome });
  }
  return counts;
}

async function attempt(channel: Channel, campaign: CampaignScore): Promise<keyof AlertCounts> {
  try {
    await channel.send(campaign);
    return 'sent';
  } catch (error) {
    logger.error(`Alert on campaign ${campaign.campaign_id} through ${channel.name} failed`, { error });
    return 'failed';
  }
}
