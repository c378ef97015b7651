import { someOf } from '../support/depth.ts';
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
const ANSWERS = `export const toStatus = (e: any) => (e.code === 'ENOKEY' ? 401 : 500);
export function answer(res: any, e: any) { console.error(e); res.status(e.status ?? 500).json({ error: e.message }); }
export function answerAlike(res: any, e: any) { console.error(e); res.status(500).json({ error: e.message }); }
export const messageOf = (e: unknown) => (e instanceof Error ? e.message : String(e));
`;
const LISTED = 'res.json(await agent.list());';

/** What a handler asks of an error that the constructor threw, where it first calls the agent elsewhere. */
const TOLD: Record<string, string> = {
  'its code': `${BUILT} catch (e: any) { if (e.code === 'ENOKEY') return res.status(401).end(); throw e; } ${LISTED}`,
  'its class': `${BUILT} catch (e) { if (e instanceof TypeError) return res.status(400).end(); throw e; } ${LISTED}`,
  'its text': `${BUILT} catch (e: any) { if (/key/.test(e.message)) return res.status(401).end(); throw e; } ${LISTED}`,
  'its code, in an expression': `${BUILT} catch (e: any) { return res.status(e.code === 'ENOKEY' ? 401 : 500).end(); } ${LISTED}`,
  'a name of its code': `${BUILT} catch (e: any) { const { code } = e; if (code === 'ENOKEY') return res.status(401).end(); throw e; } ${LISTED}`,
  'a status by its code': `${BUILT} catch (e: any) { const code = e.code; return res.status(code === 'ENOKEY' ? 401 : 500).end(); } ${LISTED}`,
  'a table': `${BUILT} catch (e: any) { return res.status(STATUS[e.code] ?? 500).end(); } ${LISTED}`,
  'a map': `${BUILT} catch (e: any) { return res.status(CODES.get(e.code) ?? 500).end(); } ${LISTED}`,
  'its own status': `${BUILT} catch (e: any) { return res.status(e.status || 500).end(); } ${LISTED}`,
  'whether it has that code': `${BUILT} catch (e: any) { e && e.code === 'ENOKEY' && res.status(401); return res.end(); } ${LISTED}`,
  'by an expression': `${BUILT} catch (e: any) { e && e.code === 'ENOKEY' ? res.status(401).end() : res.status(500).end(); return; } ${LISTED}`,
  'its name': `${BUILT} catch (e: any) { switch (e.name) { case 'TypeError': return res.status(400).end(); default: return res.status(500).end(); } } ${LISTED}`,
  'what its text has': `${BUILT} catch (e: any) { const { message } = e; if (message.includes('key')) return res.status(401).end(); throw e; } ${LISTED}`,
  'its answer': `${BUILT} catch (e: any) { if (e?.response?.status === 401) return res.status(401).end(); throw e; } ${LISTED}`,
  'a function of another file': `${BUILT} catch (e) { return res.status(toStatus(e)).end(); } ${LISTED}`,
  'a function of another file that answers': `${BUILT} catch (e) { return answer(res, e); } ${LISTED}`,
  'a function of a package that answers': `${BUILT} catch (e) { return handleError(res, e); } ${LISTED}`,
  'a function of a package': `${BUILT} catch (e: any) { if (isHttpError(e)) return res.status(e.status).end(); throw e; } ${LISTED}`,
  'an error of another status': `${BUILT} catch (e: any) { return next(createError(e.status, e.message)); } ${LISTED}`,
  'an error that has its code': `${BUILT} catch (e: any) { throw Object.assign(new Error('no agent'), { code: e.code }); } ${LISTED}`,
  'rest of it': `${BUILT} catch (e: any) { const { status = 500, ...rest } = e; return res.status(status).json(rest); } ${LISTED}`,
  'its class, later': `let failure: any; ${BUILT} catch (e) { failure = e; } if (failure instanceof TypeError) return res.status(400).end(); ${LISTED}`,
  'its code, of a promise': `const agent = await Promise.resolve().then(() => new FacebookAdsAgent()).catch((e: any) => { if (e.code === 'ENOKEY') res.status(401); return null; }); if (!agent) return res.end(); ${LISTED}`,
  'its code, which a chain goes on with': `const agent: any = await Promise.resolve().then(() => new FacebookAdsAgent()).catch((e: any) => e.code); if (agent === 'ENOKEY') return res.status(401).end(); ${LISTED}`,
  'its code, in a function of a chain': `const agent = await Promise.resolve().then(() => new FacebookAdsAgent()).catch((e: any) => { const isNoKey = () => e.code === 'ENOKEY'; if (isNoKey()) res.status(401); return null; }); if (!agent) return res.end(); ${LISTED}`,
  'its code, for others': `try { req.agent = new FacebookAdsAgent(); next(); } catch (e: any) { if (e.code === 'ENOKEY') return res.status(401).end(); next(e); }`,
  'a part of it': `${BUILT} catch ({ code }: any) { switch (code) { case 'ENOKEY': return res.status(401).end(); default: throw new Error(code); } } ${LISTED}`,
};

const ALIKE: Record<string, string> = {
  'its code, of its calls as well': `try { const agent = new FacebookAdsAgent(); ${LISTED} } catch (e: any) { if (e.code === 'ENOKEY') return res.status(401).end(); res.status(500).end(); }`,
  'its text, for the answer': `${BUILT} catch (e) { return res.status(503).json({ error: e instanceof Error ? e.message : String(e) }); } ${LISTED}`,
  'whether it is one': `${BUILT} catch (e) { if (e instanceof Error) console.error(e); return res.status(503).end(); } ${LISTED}`,
  'nothing, and hands it on': `${BUILT} catch (e) { return next(new Error('agent: ' + (e as Error).message, { cause: e })); } ${LISTED}`,
  'nothing, and fails with what has it': `${BUILT} catch (cause) { throw Object.assign(new Error('no agent'), { status: 503, cause }); } ${LISTED}`,
  'a function of another file that answers alike': `${BUILT} catch (e) { return answerAlike(res, e); } ${LISTED}`,
  'for its text, in another file': `${BUILT} catch (e) { return res.status(500).json({ error: messageOf(e) }); } ${LISTED}`,
  'whether it is a text': `${BUILT} catch (e) { const message = typeof e === 'string' ? e : e instanceof Error ? e.message : 'failed'; req.log.warn({ err: e }, message); return res.status(500).json({ message }); } ${LISTED}`,
  'which line it writes': `${BUILT} catch (e: any) { if (e.code === 'ENOKEY') console.warn('no key'); else console.error(e); return res.status(500).end(); } ${LISTED}`,
  'a package to report it': `${BUILT} catch (e) { await handleError(e); Sentry.captureException(e); return res.status(500).json({ error: String(e) }); } ${LISTED}`,
  'its code for a line, in a chain': `const agent = await Promise.resolve().then(() => new FacebookAdsAgent()).catch((e: any) => { console.warn(e.code); res.status(503); return null; }); if (!agent) return res.end(); ${LISTED}`,
  nothing: `${BUILT} catch { return res.status(503).end(); } ${LISTED}`,
};

function leftOf(code: string, cache: string, files: Record<string, string> = {}): Promise<string[]> {
  return leftIn({
    'src/agents/facebook-ads-agent.ts': AGENT,
    'src/utils/agent-cache.ts': cache,
    'src/answers.ts': ANSWERS,
    'src/code.ts': `import { Router } from 'express';
import * as Sentry from '@sentry/node';
import createError, { isHttpError } from 'http-errors';
import { handleError } from 'some-errors';
import { answer, answerAlike, messageOf, toStatus } from './answers.js';
${CLASS}
export const router = Router();
const STATUS: Record<string, number> = { ENOKEY: 401 };
const CODES = new Map([['ENOKEY', 401]]);
${code.startsWith('function') ? code : `router.get('/', async (req: any, res: any, next: any) => { ${code} });`}
`,
    ...files,
  });
}

test.each(someOf(Object.keys(TOLD)))(
  'an agent is left where a handler asks of a failure %s',
  async (what) => {
    expect(await leftOf(TOLD[what] ?? '', CONNECTS)).toEqual(['failure-told-apart']);
    expect(await leftOf(TOLD[what] ?? '', WAITS)).toEqual(['migrated']);
  },
);

test.each(someOf(Object.keys(ALIKE)))('an agent is shared where a handler asks %s', async (what) => {
  expect(await leftOf(ALIKE[what] ?? '', CONNECTS)).toEqual(['migrated']);
});

const MADE = (guard: string) => `try { return new FacebookAdsAgent(); } catch (e: any) { ${guard} }`;
const GIVEN = `if (!agent) return res.status(501).end(); ${LISTED}`;
const ASKS = "if (e.code === 'ENOKEY') return null; throw e;";

describe('a function that builds agents and asks what failed', () => {
  test.each(['function make()', 'async function make()'])('stays, with its calls: %s', async (head) => {
    const used = `router.get('/', async (req: any, res: any) => { const agent = await make(); ${GIVEN} });`;
    const told = await leftOf(`${head} { ${MADE(ASKS)} }\n${used}`, CONNECTS);
    expect(new Set(told)).toEqual(new Set(['failure-told-apart']));
    const alike = await leftOf(`${head} { ${MADE("throw new Error('no agent');")} }\n${used}`, CONNECTS);
    expect(new Set(alike)).toEqual(new Set(['migrated']));
  });

  test('stays in another file, with its calls', async () => {
    const made = `${CLASS}\nexport function make() { ${MADE(ASKS)} }\n`;
    const code = `import { make } from './make.js';\nimport { Router } from 'express';
export const router = Router();
router.get('/', async (req: any, res: any) => { const agent = make(); ${GIVEN} });
`;
    const left = await leftOf('', CONNECTS, { 'src/make.ts': made, 'src/code.ts': code });
    expect(left).toEqual(['failure-told-apart', 'called-factory-stays']);
  });
});
