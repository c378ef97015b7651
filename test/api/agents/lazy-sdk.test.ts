import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Imports a module, lets it do what it does on import, and counts the SDK's modules at the end. */
const COUNT_SDK_MODULES = `
  import { createRequire } from 'node:module';
  const { cache } = createRequire(process.argv[1]);
  process.on('exit', () => {
    const loaded = Object.keys(cache).filter((path) => path.includes('facebook-nodejs-business-sdk'));
    process.stdout.write('\\nSDK MODULES: ' + loaded.length);
  });
  await import(process.argv[1]);
`;

async function sdkModulesAfterImporting(path: string): Promise<number> {
  const url = new URL(`../../../${path}`, import.meta.url).href;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', COUNT_SDK_MODULES, url];
  const child = spawn(process.execPath, args, {
    cwd: new URL('../../..', import.meta.url),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const output = await text(child.stdout);
  return Number(/SDK MODULES: (\d+)$/.exec(output)?.[1]);
}

test.each(['api/src/agents/facebook-ads-agent.ts', 'scripts/migration-checklist.ts', 'scripts/codemod.ts'])(
  '%s does not load the SDK',
  async (path) => {
    expect(await sdkModulesAfterImporting(path)).toBe(0);
  },
);

test('the count would see the SDK', async () => {
  expect(
    await sdkModulesAfterImporting('node_modules/facebook-nodejs-business-sdk/dist/cjs.js'),
  ).toBeGreaterThan(0);
});
