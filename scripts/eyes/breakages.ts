import { setTimeout as delay } from 'node:timers/promises';
import { FacebookAdsAgent } from '../../api/src/agents/facebook-ads-agent.ts';
import { getCachedAgentProvider } from '../../api/src/utils/agent-cache.ts';
import type { World } from './world.ts';

/** Something that can go wrong, and the alerts that have to tell of it. */
export interface Breakage {
  name: string;
  fires: string[];
  break(world: World): unknown;
  /** Done again and again until the alerts are on: for what is an event, and passes. */
  keep?(world: World): unknown;
  mend(world: World): unknown;
}

const DAY_SECONDS = 86_400;
const inDays = (days: number) => Math.floor(Date.now() / 1000) + days * DAY_SECONDS;
const invalidate = () => getCachedAgentProvider().invalidateCache();

/** Lanes of breakages that have nothing to do with one another: those of a lane follow each other. */
export const LANES: readonly (readonly Breakage[])[] = [
  [
    {
      name: 'Facebook answers 500 to everything',
      fires: [
        'GraphCircuitOpen',
        'HttpErrors',
        'AgentServedStale',
        'AgentCreationFailing',
        'TaskDeadLetters',
      ],
      break: ({ graph }) => graph.faults.add({ kind: 'bare-500' }),
      keep: ({ context }) => context.scheduler.runNow('collectCampaignMetrics'),
      mend: ({ graph }) => graph.faults.clear(),
    },
    {
      name: 'Facebook answers 500 to a service that has no agent',
      fires: ['AgentUnavailable'],
      break({ graph }) {
        graph.faults.add({ kind: 'bare-500' });
        invalidate();
      },
      mend: ({ graph }) => graph.faults.clear(),
    },
    {
      name: 'Facebook takes its time to validate tokens',
      fires: ['AgentCreationSlow'],
      break: ({ graph }) => graph.latency.set({ debug_token: 1200 }),
      mend: ({ graph }) => graph.latency.set('none'),
    },
    {
      name: 'a handler builds an agent in each request',
      fires: ['AgentBuiltPerRequest'],
      break({ traffic, graph }) {
        traffic.beforeEach = () => new FacebookAdsAgent(graph.settings).connect();
      },
      mend({ traffic }) {
        traffic.beforeEach = () => undefined;
      },
    },
    {
      name: 'somebody invalidates the cache before each request',
      fires: ['AgentBuiltPerRequest'],
      break({ traffic }) {
        traffic.beforeEach = invalidate;
      },
      mend({ traffic }) {
        traffic.beforeEach = () => undefined;
      },
    },
    {
      name: "Facebook's token ends tomorrow",
      fires: ['CredentialExpiring'],
      break({ graph }) {
        graph.tokens.setExpiry('brl', inDays(1));
        invalidate();
      },
      mend({ graph }) {
        graph.tokens.setExpiry('brl', inDays(60));
        invalidate();
      },
    },
    {
      name: "Facebook's token is revoked",
      fires: ['CredentialRefused'],
      break: ({ graph }) => graph.tokens.revoke('brl'),
      mend: ({ graph }) => graph.tokens.restore('brl'),
    },
    {
      name: 'the call limit is nearly used up',
      fires: ['GraphUsageHigh'],
      break: ({ graph }) => graph.usage.set({ app: 85 }),
      mend: ({ graph }) => graph.usage.reset(),
    },
  ],
  [
    {
      name: 'the daily report has not been made for three days',
      fires: ['TaskOverdue'],
      async break({ context }) {
        const due = new Date(Date.now() - 3 * DAY_SECONDS * 1000).toISOString();
        await context.stores.documents('runs').put('generateDailyReport', { due, ended: due }, DAY_SECONDS);
      },
      async mend({ context }) {
        // It needs Facebook, which may be broken elsewhere at this moment.
        while ((await context.scheduler.runNow('generateDailyReport')) !== 'succeeded') await delay(500);
      },
    },
    {
      name: 'n8n knows the workflow no more',
      fires: ['IntegrationFailing'],
      break: ({ n8n }) => n8n.fail({ status: 404 }),
      mend: ({ n8n }) => n8n.heal(),
    },
    {
      name: 'another process holds the state file',
      fires: ['StateNotWritable'],
      break: ({ neighbour }) => neighbour.holdState(),
      mend: ({ neighbour }) => neighbour.releaseState(),
    },
    {
      name: 'a process is killed',
      fires: ['ServiceDown'],
      break: ({ neighbour }) => neighbour.kill(),
      mend: ({ neighbour }) => neighbour.revive(),
    },
  ],
];

/** What all the others stand on: broken alone. */
export const REDIS_DOWN: Breakage = {
  name: 'Redis is killed',
  fires: ['RedisDown'],
  break: ({ redis }) => redis.kill(),
  mend: ({ redis }) => redis.start(),
};
