import { setTimeout as delay } from 'node:timers/promises';

const DELIVERY_TIMEOUT_MS = 5000;
const LOOK_AGAIN_MS = 10;

/** How many agents a process has created since its start. */
export async function creationsOf(url: string): Promise<number> {
  const response = await fetch(`${url}/health/agent-cache`);
  return ((await response.json()) as { creation_count: number }).creation_count;
}

export interface Tokens {
  user: string;
  admin: string;
}

/**
 * Invalidates through one process, and uses each of them until it has made itself a new agent: one
 * that was not told would go on with the old one.
 * @returns how many of them have, in time
 */
export async function invalidateAndCount(
  members: readonly string[],
  through: string,
  tokens: Tokens,
): Promise<number> {
  const before = await Promise.all(members.map(creationsOf));
  const by = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  await fetch(`${through}/admin/invalidate-cache`, { method: 'POST', ...by(tokens.admin) });
  const deadline = Date.now() + DELIVERY_TIMEOUT_MS;
  const delivered = await Promise.all(
    members.map(async (url, index) => {
      while (Date.now() < deadline) {
        await (await fetch(`${url}/api/v1/campaigns?limit=1`, by(tokens.user))).arrayBuffer();
        if ((await creationsOf(url)) > (before[index] ?? 0)) return true;
        await delay(LOOK_AGAIN_MS);
      }
      return false;
    }),
  );
  return delivered.filter(Boolean).length;
}
