import { CLASS, leftIn, WAITS } from './support/left-in.ts';

const AGENT = `export class FacebookAdsAgent {
  constructor() { if (!process.env.K) throw Object.assign(new Error('no key'), { code: 'ENOKEY' }); }
  async list() { return fetch('http://127.0.0.1:9/'); }
}
`;
const CONNECTS = WAITS.replace(
  'return new FacebookAdsAgent()',
  'const agent = new FacebookAdsAgent(); await agent.list(); return agent',
);
const BUILT = 'let agent: any; try { agent = new FacebookAdsAgent(); }';
const LISTED = 'res.json(await agent.list());';

/** What a handler asks of an error that the constructor threw, where it first calls the agent elsewhere. */
const TOLD: Record<string, string> = {
  'its code': `${BUILT} catch (e: any) { if (e.code === 'ENOKEY') return res.status(401).end(); throw e; } ${LISTED}`,
  'its class': `${BUILT} catch (e) { if (e instanceof TypeError) return res.status(400).end(); throw e; } ${LISTED}`,
  'its text': `${BUILT} catch (e: any) { if (/key/.test(e.message)) return res.status(401).end(); throw e; } ${LISTED}`,
  'its code, in an expression': `${BUILT} catch (e: any) { return res.status(e.code === 'ENOKEY' ? 401 : 500).end(); } ${LISTED}`,
  'a part of it': `${BUILT} catch ({ code }: any) { switch (code) { case 'ENOKEY': return res.status(401).end(); default: throw new Error(code); } } ${LISTED}`,
};

const ALIKE: Record<string, string> = {
  'its code, of its calls as well': `try { const agent = new FacebookAdsAgent(); ${LISTED} } catch (e: any) { if (e.code === 'ENOKEY') return res.status(401).end(); res.status(500).end(); }`,
  'its text, for the answer': `${BUILT} catch (e) { return res.status(503).json({ error: e instanceof Error ? e.message : String(e) }); } ${LISTED}`,
  'whether it is one': `${BUILT} catch (e) { if (e instanceof Error) console.error(e); return res.status(503).end(); } ${LISTED}`,
  nothing: `${BUILT} catch { return res.status(503).end(); } ${LISTED}`,
};

function leftOf(code: string, cache: string): Promise<string[]> {
  return leftIn({
    'src/agents/facebook-ads-agent.ts': AGENT,
    'src/utils/agent-cache.ts': cache,
    'src/code.ts': `import { Router } from 'express';
${CLASS}
export const router = Router();
router.get('/', async (req: any, res: any) => { ${code} });
`,
  });
}

test.each(Object.keys(TOLD))('an agent is left where a handler asks of a failure %s', async (what) => {
  expect(await leftOf(TOLD[what] ?? '', CONNECTS)).toEqual(['failure-told-apart']);
  expect(await leftOf(TOLD[what] ?? '', WAITS)).toEqual(['migrated']);
});

test.each(Object.keys(ALIKE))('an agent is shared where a handler asks %s', async (what) => {
  expect(await leftOf(ALIKE[what] ?? '', CONNECTS)).toEqual(['migrated']);
});
