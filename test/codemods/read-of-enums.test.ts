import { CLASS, leftIn } from './support/left-in.ts';

/** An agent whose constructor reads an enum of its own file. */
const reads = (declared: string) => `${declared}
export class FacebookAdsAgent {
  readonly mode = Mode.Live;
  async list(): Promise<string[]> { return []; }
}
`;
const ROUTE = `import { Router } from 'express';
${CLASS}
export const router = Router();
router.get('/', async (_req: any, res: any) => { const agent = new FacebookAdsAgent(); res.json(await agent.list()); });
`;

test.each([
  "enum Mode { Live = 'live' }",
  'export enum Mode { Live }',
  'export const enum Mode { Live = 1 }',
])('an enum is the same for all: %s', async (declared) => {
  const left = await leftIn({ 'src/agents/facebook-ads-agent.ts': reads(declared), 'src/code.ts': ROUTE });
  expect(left).toEqual(['migrated']);
});

test('an enum that requests write to is theirs', async () => {
  const left = await leftIn({
    'src/agents/facebook-ads-agent.ts': reads("export enum Mode { Live = 'live' }"),
    'src/code.ts': `import { Mode } from './agents/facebook-ads-agent.js';
${ROUTE}router.use((req: any, _res: any, next: any) => { (Mode as any).Live = req.query.mode; next(); });
`,
  });
  expect(left).toEqual(['constructor-reads-request']);
});
