import { COMMON_FILES } from './fake-agent.ts';
import type { Flavour } from './tree.ts';
import { asJavaScript } from './write-trees.ts';

const AGENT = COMMON_FILES['agents/facebook-ads-agent'] ?? '';

/** The agent of a user: it is built with their token, refuses none at all, and one that it knows to be wrong. */
const KEYED_AGENT = AGENT.replace(
  'settings: { accountId?: string } = {}',
  'token: string, settings: { accountId?: string; tags?: string[] } = {}',
)
  .replace(
    '    this.accountId',
    `    if (!token) throw failure(401, 'No token');
    if (token === 'wrong') throw failure(400, 'A wrong token');
    this.token = token;
    this.options = { limit: 2, tags: settings.tags ?? [] };
    this.accountId`,
  )
  .replace(
    '  static describe(): string {',
    `  static forUser(token: string): FacebookAdsAgent {
    return new FacebookAdsAgent(token);
  }

$&`,
  );

/** The file of that agent, as a tree of the flavour has it. */
export function keyedAgent(flavour: Flavour): Record<string, string> {
  return flavour.startsWith('ts')
    ? { 'agents/facebook-ads-agent.ts': KEYED_AGENT }
    : { 'agents/facebook-ads-agent.js': asJavaScript(KEYED_AGENT, flavour) };
}
