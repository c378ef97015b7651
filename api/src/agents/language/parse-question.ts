import type { CampaignStatus } from '../../domain/campaign.ts';
import type { Period } from '../../domain/period.ts';
import { findPeriod } from './find-period.ts';
import { fold, mentions } from './fold.ts';
import { namesCampaign, unknownWords } from './name-words.ts';
import { NUMBER_PATTERN, numberValue } from './number-words.ts';
import { notAnswered } from './not-answered.ts';
import { METRICS, type Metric, ORDERS, type Order, STATUSES, TOPICS } from './vocabulary.ts';

export type Intent = 'campaigns' | 'performance' | 'ranking' | 'spend' | 'budgets' | 'help';

/** What a question asks for, before any data is read. */
export interface Question {
  intent: Intent;
  /** Why it is not answered, where it asks for what no answer gives. */
  reason: string | undefined;
  folded: string;
  period: Period | undefined;
  status: CampaignStatus | undefined;
  metric: Metric | undefined;
  order: Order | undefined;
  /** Rows of a ranking, when the question says how many. */
  count: number | undefined;
  /** A campaign named by its id. */
  campaignId: string | undefined;
  /** A name in quotes, folded. */
  quotedName: string | undefined;
  /** Words without quotes that may be a campaign's name, or part of it. */
  nameWords: string[];
  /** They stand where only a name can stand. */
  namesCampaign: boolean;
}

/** Curly and angle quotes by their numbers: one character beyond ASCII has all of the bundle read as two bytes each. */
const QUOTED = /["\u201c\u201d\u00ab\u00bb']([^"\u201c\u201d\u00ab\u00bb']{2,})["\u201c\u201d\u00ab\u00bb']/u;
const RANKING_COUNT = new RegExp(
  `\\b(?:top|melhores|piores|maiores|menores|best|worst|highest|lowest) (\\d{1,3})\\b|` +
    `\\b(${NUMBER_PATTERN}) (?:campanhas|campaigns|melhores|piores|maiores|menores|best|worst|top|highest|lowest)\\b`,
);

/**
 * Reads a question in Portuguese or English by its words; what it does not understand asks for help.
 * @param today the account's calendar day, `YYYY-MM-DD`.
 */
export function parseQuestion(text: string, today: string): Question {
  const quoted = QUOTED.exec(text)?.[1];
  // A campaign's name must not be read as words of the question.
  const asked = quoted === undefined ? text : text.replace(quoted, ' ');
  const folded = fold(asked);
  const campaignId = /(?<![\d/.-])\d{6,32}(?![\d/.-])/.exec(folded)?.[0];
  const metric = METRICS.find(({ words }) => mentions(folded, words))?.metric;
  const order = ORDERS.find(
    ({ words, besideMetric = [] }) =>
      mentions(folded, words) || (metric !== undefined && mentions(folded, besideMetric)),
  )?.order;
  const nameWords = unknownWords(folded);
  const period = findPeriod(folded, today);
  const question = {
    folded,
    period,
    status: STATUSES.find(({ words }) => mentions(folded, words))?.status,
    metric,
    order,
    count: rankingCount(folded),
    campaignId,
    quotedName: quoted === undefined ? undefined : fold(quoted),
    nameWords,
    namesCampaign: namesCampaign(folded, nameWords),
  };
  const intent = intentOf(question);
  const reason = intent === 'help' ? undefined : notAnswered(asked, folded, period);
  return { ...question, reason, intent: reason === undefined ? intent : 'help' };
}

function intentOf(question: Omit<Question, 'intent' | 'reason'>): Intent {
  const { folded, metric, order } = question;
  const speaksOf = (topic: keyof typeof TOPICS) => mentions(folded, TOPICS[topic]);
  if (speaksOf('help')) return 'help';
  const ofCampaigns = speaksOf('campaigns') || speaksOf('oneCampaign');
  if (order && (ofCampaigns || metric)) return 'ranking';
  if (speaksOf('budgets')) return 'budgets';
  if (metric === 'spend') return 'spend';
  if (metric || speaksOf('performance')) return 'performance';
  if (question.campaignId || question.quotedName || question.namesCampaign) return 'performance';
  if (ofCampaigns) return 'campaigns';
  return question.period ? 'performance' : 'help';
}

function rankingCount(folded: string): number | undefined {
  const match = RANKING_COUNT.exec(folded);
  const count = match?.[1] ?? match?.[2];
  if (count !== undefined) return Math.max(1, numberValue(count));
  return mentions(folded, TOPICS.oneCampaign) && !mentions(folded, TOPICS.campaigns) ? 1 : undefined;
}
