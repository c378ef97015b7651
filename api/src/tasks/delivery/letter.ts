import type { N8nEvent } from '../../integrations/n8n-client.ts';
import type { NotionPage } from '../../integrations/notion-pages.ts';

/** One lane a system: what goes to one of them is sent one after the other, as both limit bursts. */
export const LANES = ['n8n', 'notion'] as const;
export type Lane = (typeof LANES)[number];

/** WhatsApp messages are sent by n8n. */
export type Channel = Lane | 'whatsapp';

interface Envelope {
  /** What has been sent under this name is not sent again. */
  id: string;
  /** For the log, as "Alert on campaign 17". */
  what: string;
  /** Whether it counts among the alerts. */
  alert?: boolean;
}

/** Something to be sent, once. */
export type NewLetter = Envelope &
  ({ channel: 'n8n' | 'whatsapp'; event: N8nEvent } | { channel: 'notion'; page: NotionPage });

/** One that was taken over. */
export type Letter = NewLetter & {
  /** ISO 8601 */
  acceptedAt: string;
  /** How often it has failed. */
  tries: number;
  /** Unix time in milliseconds. */
  nextTry: number;
};

export function laneOf({ channel }: Pick<NewLetter, 'channel'>): Lane {
  return channel === 'notion' ? 'notion' : 'n8n';
}
