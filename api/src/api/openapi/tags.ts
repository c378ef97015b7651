/** What each group of operations is about, in the order of the document. */
export const TAGS = {
  Campaigns: 'The campaigns of the ad account, and what they delivered.',
  Metrics: 'Delivery figures of an ad, and the export that machines read with an API key.',
  Chat: 'Questions about the account in plain Portuguese or English.',
  Analytics: 'Totals, scores and trends, and the days that were kept.',
  Notion: 'Reports as pages of the configured Notion database.',
  Automation: 'Suggestions on what to pause and where budget should go. Nothing is ever changed at Facebook.',
  Operations: 'For those who run the service: life, health, metrics and the agent cache.',
} as const;

export type Tag = keyof typeof TAGS;
