import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { readSession, writeSession } from '../agents/agent-session.ts';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import type { FacebookSettings } from '../config.ts';
import type { AgentContext, CreateAgent } from '../utils/agent-cache.ts';
import { sessions } from './redis-metrics.ts';
import { createSessionSeal, type SessionSeal } from './session-seal.ts';
import type { NewSession, SessionStore, StoredSession } from './session-store.ts';

/** Times in seconds. */
export interface ShareSessionsOptions {
  /** For how long a session serves those who come later. */
  ttl: number;
  /** Resolves when this process hears of invalidations, or cannot. Bounded in time. */
  settled: () => Promise<void>;
  /** How long one process may take to validate before another may try. Default 10. */
  lock?: number;
  /** How long to wait for that other process before going on without the lock. Default 5. */
  patience?: number;
}

const LOOK_AGAIN_MS = { least: 10, most: 40 };

/**
 * Makes agents so that many processes validate their credentials once: with the session of a process
 * that has, else in its turn, leaving a session for the others. Whenever Redis cannot help, as if
 * there were none. From one session a process makes one agent only: if it wants another, that
 * session was too old, or refused.
 */
export function shareSessions(
  create: CreateAgent,
  store: SessionStore,
  { ttl, settled, lock = 10, patience = 5 }: ShareSessionsOptions,
): CreateAgent {
  const used = new Map<string, string>();

  return async (settings, context) => {
    await settled();
    const seal = createSessionSeal(settings);
    const owner = randomUUID();
    const deadline = performance.now() + patience * 1000 * (0.75 + Math.random() / 2);
    for (;;) {
      context.signal.throwIfAborted();
      const useless = used.get(seal.digest) ?? '';
      const answer = await store
        .obtain(seal.digest, { useless, owner, lockSeconds: lock })
        .catch(() => undefined);
      if (answer?.kind === 'session') {
        used.set(seal.digest, answer.session.id);
        const agent = await restore(settings, context, seal, answer.token, answer.session);
        if (agent) return agent;
        continue;
      }
      if (answer?.kind === 'lock') return validate(settings, context, seal, answer.token, owner);
      if (!answer || performance.now() > deadline) {
        sessions.inc({ source: 'alone' });
        return create(settings, context);
      }
      const { least, most } = LOOK_AGAIN_MS;
      await delay(least + Math.random() * (most - least), undefined, { signal: context.signal });
    }
  };

  async function restore(
    settings: FacebookSettings,
    context: AgentContext,
    seal: SessionSeal,
    token: string,
    { id, sealed, ageSeconds }: StoredSession,
  ): Promise<FacebookAdsAgent | undefined> {
    const text = seal.open(sealed, contextOf(seal, token, id));
    const session = text && readSession(text, new Date(Date.now() - ageSeconds * 1000));
    if (!session) return undefined;
    sessions.inc({ source: 'shared' });
    return create(settings, { ...refusable(context, seal.digest, id), session });
  }

  async function validate(
    settings: FacebookSettings,
    context: AgentContext,
    seal: SessionSeal,
    token: string,
    owner: string,
  ): Promise<FacebookAdsAgent> {
    const id = randomUUID();
    const begun = performance.now();
    let agent: FacebookAdsAgent | undefined;
    try {
      agent = await create(settings, refusable(context, seal.digest, id));
      sessions.inc({ source: 'validated' });
      return agent;
    } finally {
      const session = context.signal.aborted ? undefined : agent?.session;
      const sealed = session && seal.seal(writeSession(session), contextOf(seal, token, id));
      if (sealed) used.set(seal.digest, id);
      const ttlSeconds = ttl - (performance.now() - begun) / 1000;
      // Nobody here waits for it.
      void leave(seal.digest, owner, sealed && { token, id, sealed, ttlSeconds });
    }
  }

  async function leave(digest: string, owner: string, session: NewSession | undefined): Promise<void> {
    const isOfUse = session && session.ttlSeconds > 0;
    const writing = isOfUse ? store.write(digest, session).catch(() => false) : undefined;
    const unlocking = store.unlock(digest, owner).catch(() => undefined);
    await Promise.all([writing, unlocking]);
  }

  /** A session whose token Facebook refuses must not serve anybody else. */
  function refusable(context: AgentContext, digest: string, id: string): AgentContext {
    return {
      ...context,
      onCredentialRefused: () => {
        context.onCredentialRefused();
        store.remove(digest, id).catch(() => undefined);
      },
    };
  }
}

function contextOf({ digest }: SessionSeal, token: string, id: string): string {
  return [digest, token, id].join(' ');
}
