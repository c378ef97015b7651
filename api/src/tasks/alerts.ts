import type { CampaignScore } from '../analytics/performance-analyzer.ts';
import { alertPage, recoveryPage } from '../integrations/notion-pages.ts';
import { logger } from '../observability/logger.ts';
import type { NewLetter } from './delivery/letter.ts';
import type { TaskDeps, TaskRun } from './task.ts';

/** A campaign with a lower score underperforms: what the analyzer rates as poor. */
export const UNDERPERFORMING_BELOW = 40;

/** Below this score somebody is told at once, by WhatsApp. */
export const WHATSAPP_BELOW = 30;

/** One that underperformed is well again from here on: scores around the bound are no news each hour. */
export const WELL_AGAIN_FROM = 45;

/** How bad a campaign was when it was last told of. */
interface AlertMemory {
  level: Level;
  /** ISO 8601 */
  since: string;
}

type Level = 'poor' | 'critical';

interface News {
  campaign: CampaignScore;
  level: Level | 'well';
}

const REMEMBER_SECONDS = 30 * 86_400;

/**
 * Tells of each campaign when it becomes poor, worse, or well again, and not in between: an n8n event, a Notion
 * page and, below `WHATSAPP_BELOW`, a WhatsApp message (sent by n8n). A campaign without a score is left as it
 * was. What cannot be sent now is sent later.
 * @returns of how many campaigns there was something to tell
 */
export async function raiseAlerts(
  campaigns: readonly CampaignScore[],
  { stores, courier }: TaskDeps,
  { scope }: TaskRun,
): Promise<number> {
  for (const lane of ['n8n', 'notion'] as const) {
    if (!courier.serves(lane)) logger.debug(`Alerts through ${lane} skipped: not configured`);
  }
  if (!courier.serves('n8n') && !courier.serves('notion')) return 0;
  const memory = stores.documents<AlertMemory>('alerts');
  const known = new Map(await memory.entries());
  const news = campaigns.flatMap((campaign) => newsOf(campaign, known.get(campaign.campaign_id)?.level));
  const letters = await courier.accept(news.flatMap((each) => lettersOf(each, scope)));
  // Only now: what is not taken over must be told again.
  for (const { campaign, level } of news) {
    if (level === 'well') await memory.remove(campaign.campaign_id);
    else {
      const since = new Date().toISOString();
      await memory.put(campaign.campaign_id, { level, since }, REMEMBER_SECONDS);
    }
  }
  await courier.deliver(letters);
  return news.length;
}

function newsOf(campaign: CampaignScore, was: Level | undefined): News[] {
  const { score } = campaign;
  if (score === null) return [];
  const is = score < WHATSAPP_BELOW ? 'critical' : score < UNDERPERFORMING_BELOW ? 'poor' : undefined;
  if (was === undefined) return is ? [{ campaign, level: is }] : [];
  if (was === 'poor' && is === 'critical') return [{ campaign, level: is }];
  return score >= WELL_AGAIN_FROM ? [{ campaign, level: 'well' }] : [];
}

/** WhatsApp takes free text only within 24 hours of a person's own message: to begin, a template has to be sent. */
const templateOf = (name: string, score: number | null) => ({
  template: 'campaign_alert',
  parameters: [name, String(score)],
});

function lettersOf({ campaign, level }: News, scope: string): NewLetter[] {
  const { campaign_id: id, name, score } = campaign;
  const what = level === 'well' ? `News of campaign ${id}` : `Alert on campaign ${id}`;
  const event = level === 'well' ? 'campaign-recovered' : 'campaign-underperforming';
  const page = level === 'well' ? recoveryPage(campaign) : alertPage(campaign);
  const alert = true;
  const letters: NewLetter[] = [
    { id: `${scope}:n8n:${event}:${id}`, channel: 'n8n', what, alert, event: { event, campaign } },
    { id: `${scope}:notion:${event}:${id}`, channel: 'notion', what, alert, page },
  ];
  if (level === 'critical') {
    const message = `Campaign "${name}" scores ${score} of 100`;
    const day = new Date().toISOString().slice(0, 10);
    letters.push({
      // Once a day, whatever runs say.
      id: `campaign-alert:${id}:${day}`,
      channel: 'whatsapp',
      what,
      alert,
      event: { event: 'campaign-alert', channel: 'whatsapp', message, ...templateOf(name, score), campaign },
    });
  }
  return letters;
}
