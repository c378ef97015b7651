import type { Campaign } from '../../domain/campaign.ts';
import { fold, mentions } from './fold.ts';
import type { Question } from './parse-question.ts';

/** A shorter name would be found in half of all questions. */
const SHORTEST_UNQUOTED_NAME = 4;

/**
 * The campaigns that a question may mean by name: one when it is clear, several when what it says
 * fits several, none when it names none of them.
 */
export function findCampaigns(question: Question, campaigns: readonly Campaign[]): Campaign[] {
  const named = campaigns.map((campaign) => ({ campaign, name: fold(campaign.name) }));
  const { quotedName, folded, nameWords } = question;
  if (quotedName !== undefined) {
    const exact = named.filter(({ name }) => name === quotedName);
    const found = exact.length > 0 ? exact : named.filter(({ name }) => name.includes(quotedName));
    return found.map(({ campaign }) => campaign);
  }
  const longest = named
    .filter(({ name }) => name.length >= SHORTEST_UNQUOTED_NAME && mentions(folded, [name]))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (longest) return [longest.campaign];
  if (nameWords.length === 0) return [];
  return named
    .filter(({ name }) => nameWords.every((word) => mentions(name, [word])))
    .map(({ campaign }) => campaign);
}
