import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithRedis } from '../support/redis.ts';
import { killScripts, runScript } from '../support/server-process.ts';

describeWithRedis('npm run fleet', () => {
  let temporary: string;

  beforeEach(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'fleet-test-'));
  });
  afterEach(async () => {
    await killScripts();
    await rm(temporary, { recursive: true, force: true });
  });

  const start = (args: string[]) => runScript('scripts/fleet.ts', { args, env: { TMPDIR: temporary } });
  // The folder of its Redis goes once that has ended.
  const left = async () => (await readdir(temporary)).filter((name) => name.startsWith('redis-'));

  test('loses a process and no request, tells everybody, and validates once a turn', async () => {
    const { code, stdout, stderr } = await (await start(['--small', '--json'])).ended;
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('Starting 2 API processes'),
    });
    expect(JSON.parse(stdout)).toMatchObject({
      processes: 2,
      workers: 1,
      requests: 200,
      failed: 0,
      // The first reaches both, the second the one that is left.
      deliveriesExpected: 3,
      deliveries: 3,
      creations: 5,
      validations: 3,
      alertsTwice: 0,
    });
    expect(JSON.parse(stdout).alerts).toBeGreaterThan(0);
    expect(await left()).toEqual([]);
  });

  test('ends what it has started when it is ended', async () => {
    const fleet = await start(['--small']);
    await fleet.line(/Starting 2 API processes/);
    expect(await left()).toHaveLength(1);
    fleet.kill('SIGTERM');
    const { code, stderr } = await fleet.ended;
    expect(code).toBe(143);
    expect(stderr).toContain('The fleet did not run to its end. Interrupted by SIGTERM.');
    expect(await left()).toEqual([]);
  });
});

test('an unknown flag is refused with the usage', async () => {
  const { code, stderr } = await (await runScript('scripts/fleet.ts', { args: ['--jsn'] })).ended;
  expect(code).toBe(2);
  expect(stderr).toContain('Usage: npm run fleet');
});
