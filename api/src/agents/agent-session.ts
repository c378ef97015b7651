import { z } from 'zod';
import type { AdAccount } from './ad-account.ts';

/** What an agent learns by connecting: all that another agent of the same credentials would learn. */
export interface AgentSession {
  /** When the token was found good. */
  validatedAt: Date;
  /** When the credential stops to be good; undefined for never. */
  credentialExpiresAt: Date | undefined;
  account: AdAccount;
}

const writtenSession = z.object({
  credentialExpiresAt: z.iso.datetime().nullable(),
  account: z.object({
    id: z.string(),
    name: z.string(),
    currency: z.string(),
    timezone_name: z.string(),
    account_status: z.number().nullable(),
    min_daily_budget: z.number().nullable().default(null),
  }),
});

/** All of it but the moment, which reads differently on another machine's clock. */
export function writeSession({ credentialExpiresAt, account }: AgentSession): string {
  return JSON.stringify({ credentialExpiresAt: credentialExpiresAt?.toISOString() ?? null, account });
}

/** @returns undefined for a text that holds no session, or one of a credential that is no longer good. */
export function readSession(text: string, validatedAt: Date): AgentSession | undefined {
  const { data } = writtenSession.safeParse(jsonOf(text));
  if (!data) return undefined;
  const credentialExpiresAt = data.credentialExpiresAt ? new Date(data.credentialExpiresAt) : undefined;
  if (credentialExpiresAt && credentialExpiresAt <= new Date()) return undefined;
  return { validatedAt, credentialExpiresAt, account: data.account };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
