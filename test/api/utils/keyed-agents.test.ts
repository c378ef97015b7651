import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  type AgentCredentials,
  forgetFacebookAgent,
  getFacebookAgent,
} from '../../../api/src/utils/agent-cache.ts';
import { keepsItsPromises } from '../../support/keyed-cache-promises.ts';
import { agentWorld, CREATION_MS, pass } from './support/agent-world.ts';

let world: ReturnType<typeof agentWorld> | undefined;

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  world?.stop();
  jest.useRealTimers();
});

const asCredentials = (accessToken: unknown) => ({ accessToken }) as AgentCredentials;

describe("the API's own cache keeps for each set of credentials", () => {
  keepsItsPromises(
    () => {
      const begun = agentWorld({ maxEntries: 3, ttl: 3600, refreshAhead: 1 });
      world = begun;
      return {
        get: (credential) => getFacebookAgent(asCredentials(credential)),
        forget: (credential) => forgetFacebookAgent(asCredentials(credential)),
        built: () => begun.createAgent.mock.calls.length,
        fail: (error) => begun.fail(error),
        pass,
      };
    },
    { limit: 3, lifetime: 3_600_000, pause: CREATION_MS },
  );

  test('and forgets nothing of the configured ones', async () => {
    world = agentWorld();
    const first = getFacebookAgent();
    await pass(CREATION_MS);
    forgetFacebookAgent(asCredentials('never seen'));
    forgetFacebookAgent(asCredentials(''));
    expect(await getFacebookAgent()).toBe(await first);
  });
});
