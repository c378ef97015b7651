import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { FacebookSettings } from '../config.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Names and seals what is kept of one set of credentials. Only who has the same app secret can read it. */
export interface SessionSeal {
  /** Stands for the credentials; says nothing about them. */
  digest: string;
  /** @param context must be the same to open it: where it belongs. */
  seal(text: string, context: string): Buffer;
  /** @returns undefined for anything that was not sealed with this key and context. */
  open(sealed: Buffer, context: string): string | undefined;
}

export function createSessionSeal(settings: FacebookSettings): SessionSeal {
  const { accessToken, adAccountId, appId, appSecret, graphUrl, graphVersion } = settings;
  const identity = JSON.stringify([accessToken, adAccountId, appId, graphUrl, graphVersion]);
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', appSecret, identity, purpose, 32));
  const key = derive('agent-session-key');
  return {
    digest: createHmac('sha256', derive('agent-session-name')).update(identity).digest('hex').slice(0, 32),
    seal(text, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, context) {
      try {
        const nonce = sealed.subarray(0, NONCE_BYTES);
        const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
        const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
        const body = sealed.subarray(NONCE_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
