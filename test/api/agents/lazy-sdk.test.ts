import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const LIST_SDK_MODULES = `
  import { createRequire } from 'node:module';
  await import(process.argv[1]);
  const { cache } = createRequire(process.argv[1]);
  console.log(Object.keys(cache).filter((path) => path.includes('facebook-nodejs-business-sdk')).length);
`;

/** How many of the SDK's modules a process holds after importing one of ours. */
async function sdkModulesAfterImporting(path: string): Promise<number> {
  const url = new URL(`../../../${path}`, import.meta.url).href;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', LIST_SDK_MODULES, url];
  const { stdout } = await run(process.execPath, args, { cwd: new URL('../../..', import.meta.url) });
  return Number(stdout.trim());
}

test('importing the agent does not load the SDK', async () => {
  expect(await sdkModulesAfterImporting('api/src/agents/facebook-ads-agent.ts')).toBe(0);
});

test('the count would see the SDK', async () => {
  expect(
    await sdkModulesAfterImporting('node_modules/facebook-nodejs-business-sdk/dist/cjs.js'),
  ).toBeGreaterThan(0);
});
