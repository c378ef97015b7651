import type { Campaign } from '../../domain/campaign.ts';
import { fold } from './fold.ts';
import type { Question } from './parse-question.ts';

/** A shorter name would be found in half of all questions. */
const SHORTEST_UNQUOTED_NAME = 4;

/**
 * The campaigns that a question may mean by name: one when it is clear, several when the name in
 * quotes fits several, none when it names none of them.
 */
export function findCampaigns(question: Question, campaigns: readonly Campaign[]): Campaign[] {
  const named = campaigns.map((campaign) => ({ campaign, name: fold(campaign.name) }));
  const { quotedName, folded } = question;
  if (quotedName !== undefined) {
    const exact = named.filter(({ name }) => name === quotedName);
    const found = exact.length > 0 ? exact : named.filter(({ name }) => name.includes(quotedName));
    return found.map(({ campaign }) => campaign);
  }
  const padded = ` ${folded} `;
  const longest = named
    .filter(({ name }) => name.length >= SHORTEST_UNQUOTED_NAME && padded.includes(` ${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  return longest ? [longest.campaign] : [];
}
