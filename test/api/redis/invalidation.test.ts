import { depth } from '../../support/depth.ts';
import { eventually } from '../../support/eventually.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { describeWithRedis, type RedisServer, startRedis } from '../../support/redis.ts';
import { killScripts } from '../../support/server-process.ts';
import { type FleetMember, startMembers } from './fleet-process.ts';

const ROUNDS = depth(150, 30);

describeWithRedis('an invalidation in one of four processes', () => {
  let graph: GraphServer;
  let redis: RedisServer;
  let members: FleetMember[];

  beforeAll(async () => {
    [graph, redis] = await Promise.all([startGraphServer(), startRedis()]);
    // The poll is no part of these proofs: it would hide what they look for.
    members = await startMembers(4, { graph, redis, env: { REDIS_POLL_SECONDS: '600' } });
    await everywhere('Redis is up', async ({ get }) => redisStatus(await get('/health')) === 'up');
  });
  afterAll(async () => {
    await killScripts();
    await Promise.all([graph.close(), redis.stop()]);
  });

  const everywhere = (what: string, holds: (member: FleetMember) => Promise<boolean>) =>
    Promise.all(members.map((member) => eventually(what, () => holds(member))));

  async function fillAll(): Promise<void> {
    const statuses = await Promise.all(members.map(({ useAgent }) => useAgent()));
    expect(statuses).toEqual([200, 200, 200, 200]);
  }

  /**
   * One whose subscription broke cannot tell its own invalidation from those that it may have missed,
   * and lets go of its agent once more when it is back.
   */
  async function fillsAll(): Promise<boolean> {
    await fillAll();
    return (await Promise.all(members.map(({ isCached }) => isCached()))).every(Boolean);
  }

  test(`reaches all others, ${ROUNDS} times, half of them with connections cut`, async () => {
    let published = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      await fillAll();
      const cut = round % 2 === 1;
      // Now the subscribers alone, now the others too.
      if (cut) await redis.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      if (round % 10 === 1) await redis.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      const caller = members[round % members.length];
      if (await caller?.invalidate()) published += 1;
      await everywhere(`round ${round} has reached it`, async ({ isCached }) => !(await isCached()));
    }
    // The others were told when the connection was back.
    expect(published).toBeGreaterThanOrEqual(ROUNDS - ROUNDS / 10);
  });

  test('is noticed although Redis lost it with all else that it held', async () => {
    for (let life = 0; life < 2; life += 1) {
      await fillAll();
      await redis.kill();
      await everywhere('Redis is missed', async ({ get }) => redisStatus(await get('/health')) === 'down');
      await eventually('all have an agent, and nothing more arrives', fillsAll);
      const caller = members[life];
      expect(await caller?.invalidate()).toBe(false);
      const cached = await Promise.all(members.map(({ isCached }) => isCached()));
      expect(cached).toEqual(members.map((member) => member !== caller));
      await redis.start();
      await everywhere('it is noticed', async ({ isCached }) => !(await isCached()));
      await everywhere('Redis is back', async ({ get }) => redisStatus(await get('/health')) === 'up');
    }
  });
});

function redisStatus(health: Record<string, unknown>): unknown {
  return Object(health.redis).status;
}
