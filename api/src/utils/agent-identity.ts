import type { FacebookSettings } from '../config.ts';

/** Differs with each start, so that nobody can choose tokens that meet. */
const SEED = Math.floor(Math.random() * 2 ** 32);

/** Whether an agent of the one is an agent of the other. */
export function isSameIdentity(one: FacebookSettings, other: FacebookSettings): boolean {
  return (
    one.accessToken === other.accessToken &&
    one.adAccountId === other.adAccountId &&
    one.appId === other.appId &&
    one.appSecret === other.appSecret &&
    one.graphUrl === other.graphUrl &&
    one.graphVersion === other.graphVersion
  );
}

/**
 * A number for what is not as configured. It says next to nothing of the token, and is no proof: who finds something
 * by it compares. A digest that proves would cost more than all the rest of a hit.
 */
export function identityKey(settings: FacebookSettings, base: FacebookSettings): number {
  let key = SEED;
  if (settings.accessToken !== base.accessToken) key = mix(key, settings.accessToken);
  if (settings.adAccountId !== base.adAccountId) key = mix(key + 1, settings.adAccountId);
  if (settings.appId !== base.appId) key = mix(key + 2, settings.appId);
  if (settings.appSecret !== base.appSecret) key = mix(key + 3, settings.appSecret);
  return key;
}

/** FNV-1a over two lanes, which together fill what a number can tell exactly. */
function mix(seed: number, text: string): number {
  let low = (seed % 2 ** 32) | 0;
  let high = Math.floor(seed / 2 ** 32) ^ 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x5bd1e995);
  }
  return (low >>> 0) + (high & 0x1fffff) * 2 ** 32;
}
