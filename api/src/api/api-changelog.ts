/** What callers of the API have to know of one release. */
export interface ApiRelease {
  /** As in package.json; `Unreleased` for what comes next. */
  version: string;
  added?: string[];
  changed?: string[];
  removed?: string[];
}

/** The newest first. Every change that a caller can notice belongs here, beside its code. */
export const API_RELEASES: readonly ApiRelease[] = [
  {
    version: 'Unreleased',
    added: [
      '`GET /api/v1/analytics/history`: what each campaign delivered on each day that was kept, and from which day on that is `final`.',
      '`GET /api/v1/campaigns` answers page by page: `next_cursor`, sent back as `cursor`.',
      '`GET /health/agent-cache` also tells `hits`, `misses` and `process`.',
      '`GET /metrics` in OpenMetrics for who asks for it, with ids of requests as exemplars.',
      '`GET /` leads to `/docs`; `/docs/reference` is the same document to be read, `/docs/changelog` this list.',
      'An example for every error of every operation, and the header `X-Request-Id` on every answer.',
      'Suggestions carry `evidence` and `confidence`, scores `results` and `confidence`; `attribution`, `account_status` and `warnings` go with figures, `spent` and `totals` with the export.',
      'Campaigns tell `start_time`, `stop_time` and `budget_remaining`.',
      'Days before the 37 months that Facebook keeps are a 400 (`graph-period`).',
    ],
    changed: [
      'Suggestions and questions are each user’s own: nobody sees those of others.',
      'Totals are the account’s own, archived and deleted campaigns in them; the export lists those that delivered.',
      'Active are campaigns that can deliver now; suggestions judge each by its own objective.',
      'Paths of problem types and links begin with `X-Forwarded-Prefix` of a trusted proxy.',
    ],
    removed: ['`GET /api/v1/campaigns?status=deleted`: Facebook lists no deleted campaigns.'],
  },
  {
    version: '0.1.0',
    added: ['Campaigns, metrics, chat, analytics, Notion, automation and operations under `/api/v1`.'],
  },
];

/** The text of docs/api-changelog.md. */
export function apiChangelog(): string {
  const sections = API_RELEASES.map(({ version, added, changed, removed }) =>
    [`## ${version}\n`, list('Added', added), list('Changed', changed), list('Removed', removed)].join('\n'),
  );
  return `# Changes of the API\n\nWhat callers can notice, the newest first. Fields may be added to answers at any time.\n\n${sections.join('\n').trimEnd()}\n`;
}

function list(title: string, items: readonly string[] = []): string {
  return items.length === 0 ? '' : `### ${title}\n\n${items.map((item) => `- ${item}`).join('\n')}\n`;
}
