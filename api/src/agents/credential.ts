import { z } from 'zod';
import { GraphProtocolError, GraphTokenError } from './graph-errors.ts';

/** Seconds since 1970; 0 and absent both mean never. */
const instant = z.number().nonnegative().catch(0);

const tokenReport = z.object({
  data: z.object({
    app_id: z.union([z.string(), z.number()]).transform(String).optional(),
    is_valid: z.boolean(),
    expires_at: instant,
    data_access_expires_at: instant,
  }),
});

/**
 * Judges Graph's answer about the access token (`debug_token`).
 * @returns when the credential stops to be good, undefined for never.
 * @throws {GraphTokenError} for a token that is invalid, expired or of another app.
 */
export function checkCredential(report: unknown, appId: string, now: Date = new Date()): Date | undefined {
  const parsed = tokenReport.safeParse(report);
  if (!parsed.success) throw new GraphProtocolError({ reason: 'token-report' });
  const { is_valid, app_id, expires_at, data_access_expires_at } = parsed.data.data;
  if (!is_valid) throw new GraphTokenError({ reason: 'invalid' });
  if (app_id !== appId) throw new GraphTokenError({ reason: 'other-app' });
  const ends = [expires_at, data_access_expires_at].filter((seconds) => seconds > 0);
  if (ends.length === 0) return undefined;
  const expiresAt = new Date(Math.min(...ends) * 1000);
  if (expiresAt <= now) throw new GraphTokenError({ reason: 'expired' });
  return expiresAt;
}
