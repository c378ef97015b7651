import { runTool } from '../support/run-tool.ts';
import { createTree, runCommand, type Tree } from '../support/trees.ts';

const HANDLERS = `import { StripeClient } from '../lib/stripe.js';

const createClient = () => new StripeClient();

export async function charges(): Promise<string> {
  const client = createClient();
  return await client.name();
}

export async function refunds(): Promise<string> {
  return await new StripeClient().name();
}
`;

const JOB = `import { StripeClient } from '../lib/stripe.js';

export async function settle(): Promise<string> {
  const client = new StripeClient();
  return await client.name();
}
`;

const FACEBOOK = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export async function campaigns() {
  return await new FacebookAdsAgent().getCampaigns();
}
`;

const files = {
  'package.json': '{"type":"module","dependencies":{"express":"^5.0.0"}}',
  'src/lib/stripe.ts': `export class StripeClient {
  static built = 0;
  readonly number = ++StripeClient.built;
  async name(): Promise<string> {
    return \`client \${this.number}\`;
  }
}
`,
  'src/api/payments.ts': HANDLERS,
  'src/api/campaigns.ts': FACEBOOK,
  'src/jobs/settlement.ts': JOB,
  'main.ts': `import { charges, refunds } from './src/api/payments.js';
import { settle } from './src/jobs/settlement.js';
console.log(await Promise.all([charges(), refunds(), settle()]).then((names) => names.join(', ')));
`,
};

const FLAGS = {
  agentClass: 'StripeClient',
  agentModule: 'lib/stripe',
  cacheModule: 'src/lib/stripe-cache',
  factory: 'getStripe',
  provider: 'getStripeProvider',
  tasks: '**/jobs/**',
};

/** `agentClass` as the command line writes it: `--agent-class`. */
const asArguments = (options: Record<string, string | number>) =>
  Object.entries(options).flatMap(([name, value]) => [
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    String(value),
  ]);

let tree: Tree;
beforeEach(() => {
  tree = createTree(files);
});
afterEach(() => tree.remove());

const codemod = (...args: string[]) => runTool('codemod', args, tree.root);

test('another client is moved onto a cache of its own, from its start to one instance', async () => {
  const flags = asArguments({ ...FLAGS, taskTtl: 600 });
  expect(await codemod('--init', '.', ...flags)).toMatchObject({ code: 0, stderr: '' });
  expect(await codemod(...flags, 'src')).toMatchObject({ code: 0, stderr: '' });
  const payments = tree.read('src/api/payments.ts');
  expect(payments).toContain("import { getStripe } from '../lib/stripe-cache.js';\n");
  expect(payments).toContain('const client = await getStripe();');
  expect(payments).toContain('(await getStripe()).name()');
  const settlement = tree.read('src/jobs/settlement.ts');
  expect(settlement).toContain('const provider = getStripeProvider({ cacheTtl: 600 });\n');
  expect(settlement).toContain('const client = await provider.getAgent();\n');
  expect(tree.read('src/api/campaigns.ts')).toBe(FACEBOOK);
  const loader = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
  expect(await runCommand(process.execPath, ['--import', loader, 'main.ts'], { cwd: tree.root })).toEqual({
    code: 0,
    stdout: 'client 1, client 1, client 1\n',
    stderr: '',
  });
});

test('the configuration file of the working folder says the same, and a flag wins over it', async () => {
  tree.write('src/lib/stripe-cache.ts', 'export {};\n');
  tree.write('agent-cache.config.json', JSON.stringify({ $schema: './schema.json', ...FLAGS, taskTtl: 600 }));
  const { code, stdout } = await codemod('--dry-run', '--task-ttl', '60', 'src');
  expect(code).toBe(0);
  expect(stdout).toContain('+  const provider = getStripeProvider({ cacheTtl: 60 });');
  expect(stdout).toContain('+  const client = await getStripe();');
});
