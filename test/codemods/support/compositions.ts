import fc from '../../support/fast-check.ts';

/** A way in which a function gets and uses an agent; `n` keeps names apart. */
type Shape = (n: number) => string;

const HANDLERS: Shape[] = [
  (n) => `router.get('/a${n}', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});`,
  (n) => `router.get('/b${n}/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  try {
    res.json(await agent.getCampaign(String(req.params.id)));
  } catch {
    res.status(502).end();
  }
});`,
  (n) => `router.get('/c${n}', (_req, res, next) => {
  new FacebookAdsAgent().getCampaigns().then((campaigns) => res.json(campaigns)).catch(next);
});`,
  (n) => `router.use('/d${n}', (_req, res, next) => {
  res.locals.agent = new FacebookAdsAgent();
  next();
});`,
  (n) => `router.get('/e${n}', async (req, res) => {
  const agent = new FacebookAdsAgent();
  if (!req.query.id) {
    res.status(400).end();
    return;
  }
  res.json(await agent.getCampaigns().catch(() => []));
});`,
];

const HELPERS: Shape[] = [
  (n) => `export async function immediately${n}() {
  return new FacebookAdsAgent().getCampaigns('ACTIVE');
}`,
  (n) => `export const each${n} = (ids: string[]) =>
  Promise.all(ids.map(async (id) => {
    const agent = new FacebookAdsAgent();
    return agent.getCampaign(id);
  }));`,
  (n) => `export function promised${n}(): Promise<unknown> {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}`,
  (n) => `export async function nested${n}(given?: FacebookAdsAgent) {
  const agent: FacebookAdsAgent = given ?? new FacebookAdsAgent();
  const load = async (id: string) => (await agent.getCampaign(id)).spend;
  return load('1');
}`,
];

const FACTORIES: Shape[] = [
  (n) => `/** Builds one. */
function make${n}(): FacebookAdsAgent {
  return new FacebookAdsAgent();
}

export async function made${n}() {
  const agent = make${n}();
  return [await agent.getCampaigns(), await make${n}().getCampaigns()];
}`,
  (n) => `const build${n} = async () => new FacebookAdsAgent();

export async function built${n}() {
  return (await build${n}()).getCampaigns();
}`,
  (n) => `function guarded${n}(): FacebookAdsAgent {
  try {
    return new FacebookAdsAgent();
  } catch (error) {
    throw new Error('none', { cause: error });
  }
}

export async function asked${n}() {
  const agent = guarded${n}();
  return agent.getCampaigns();
}`,
];

const LEFT: Shape[] = [
  (n) => `export const kept${n} = new FacebookAdsAgent();`,
  (n) => `export function described${n}(ids: string[]): string[] {
  return ids.map((id) => id + new FacebookAdsAgent().shortName());
}`,
  (n) => `export async function changed${n}(accountId: string) {
  const agent = new FacebookAdsAgent();
  agent.accountId = accountId;
  return agent.getCampaigns();
}`,
];

const PLAIN: Shape[] = [
  (n) => `// new FacebookAdsAgent() is not built here.
export const text${n} = 'new FacebookAdsAgent()';`,
  (n) => `export function getFacebookAgent${n}(provider: string): string {
  return \`\${provider}	tabs	stay\`;
}`,
];

/** Files composed of shapes: what the codemod has to rewire, what it has to leave, and what is none of its business. */
export const compositions: fc.Arbitrary<string> = fc
  .record({
    blocks: fc.array(fc.constantFrom(...HANDLERS, ...HELPERS, ...FACTORIES, ...LEFT, ...PLAIN), {
      minLength: 1,
      maxLength: 8,
    }),
    header: fc.constantFrom('', '// A header.\n\n', '/* @license MIT */\n', '#!/usr/bin/env node\n'),
    quote: fc.constantFrom("'", '"'),
    gap: fc.constantFrom('\n', '\n\n', '\n\n\n'),
    end: fc.constantFrom('\n', ''),
  })
  .map(({ blocks, header, quote, gap, end }) => {
    const imports = [
      `import { Router } from ${quote}express${quote};`,
      `import { FacebookAdsAgent } from ${quote}../agents/facebook-ads-agent.ts${quote};`,
    ];
    const body = blocks.map((block, index) => block(index)).join(gap);
    return `${header}${imports.join('\n')}\n\nexport const router = Router();\n\n${body}${end}`;
  });
