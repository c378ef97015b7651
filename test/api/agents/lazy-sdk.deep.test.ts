import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { startGraphServer } from '../../support/graph/index.ts';

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

/** Uses an agent whose clock jumps an hour whenever the SDK is loaded. */
const LOAD_FOR_AN_HOUR = `
  import Module from 'node:module';
  const settings = JSON.parse(process.argv[1]);
  const { now } = performance;
  let slept = 0;
  performance.now = () => now.call(performance) + slept;
  const load = Module._load;
  Module._load = function (request, ...rest) {
    if (String(request).includes('axios')) slept = 3_600_000;
    return load.call(this, request, ...rest);
  };
  const { FacebookAdsAgent } = await import('./api/src/agents/facebook-ads-agent.ts');
  const agent = new FacebookAdsAgent(settings);
  await agent.connect().catch((error) => console.log(error.cause));
  process.stdout.write('\\n' + JSON.stringify({ slept, account: agent.account?.id }));
  process.exit();
`;

async function runScript(script: string, ...given: string[]): Promise<string> {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script, '--', ...given];
  const child = spawn(process.execPath, args, {
    cwd: new URL('../../..', import.meta.url),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return text(child.stdout);
}

/** The tools are asked for their help: they load all that they are made of, and check no tree. */
async function sdkModulesAfterImporting(path: string): Promise<number> {
  const url = new URL(`../../../${path}`, import.meta.url).href;
  const output = await runScript(COUNT_SDK_MODULES, url, '--help');
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

test('the time that loading the SDK takes is not taken from what Graph may take', async () => {
  const graph = await startGraphServer();
  try {
    const output = await runScript(LOAD_FOR_AN_HOUR, JSON.stringify(graph.settings));
    const account = `act_${graph.settings.adAccountId}`;
    expect(JSON.parse(output.slice(output.lastIndexOf('\n')))).toEqual({ slept: 3_600_000, account });
  } finally {
    await graph.close();
  }
});
