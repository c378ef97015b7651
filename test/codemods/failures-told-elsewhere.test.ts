import { CLASS, leftIn, WAITS } from './support/left-in.ts';

/** A cache that calls its agent, so that a failure of that comes out of the getter. */
const CONNECTS = WAITS.replace(
  'return new FacebookAdsAgent()',
  'const agent = new FacebookAdsAgent(); await agent.list(); return agent',
);

function leftOf(code: string, cache: string, files: Record<string, string>): Promise<string[]> {
  return leftIn({
    'src/utils/agent-cache.ts': cache,
    'src/code.ts': `import { Router } from 'express';
${CLASS}
export const router = Router();
router.get('/', async (req: any, res: any, next: any) => { ${code} });
`,
    ...files,
  });
}

const CLASSES = `export class ConfigError extends Error {
  name = 'ConfigError';
  static missing(name: string) { return new this(name); }
  static isConfigError(error: unknown) { return error !== null && (error as Error).name === 'Config' + 'Error'; }
}
export class CodedError extends Error { code = 'ENOKEY'; }
export const UNSET = 'EUNSET';
export const NO_KEY = 'no key';
export class GivenError extends Error { constructor(text: string, readonly code?: string) { super(text); } }
export class SetError extends Error { code: string; constructor(text: string, code: string) { super(text); this.code = code; } }
export class UnsetError extends SetError { constructor(text: string) { super(text, UNSET); } }
export class NamedError extends Error { constructor(text: string, name?: string) { super(text); this.name = name ?? 'Unset'; } }
export class StaticError extends Error { static answer = 501; }
export class FlagError extends Error { readonly isConfig = true; }
export class StatusError extends Error { constructor(text: string, readonly status = 501) { super(text); } }
`;
const thrown = (error: string) => `constructor() { if (!process.env.K) throw ${error}; }`;
const TRIED =
  'const agent: any = new FacebookAdsAgent(); if (!req.query.id) return res.status(400).end(); try { res.json(await agent.list()); } catch { res.status(502).end(); }';
const CONFIG_ERROR = thrown("new ConfigError('no key')");
const middleware = (asks: string) =>
  `import { ConfigError } from './errors.js';\nexport const answers = (err: any, _req: any, res: any, next: any) => { ${asks} next(err); };\n`;
const BY_CLASS = middleware('if (err instanceof ConfigError) return res.status(501).end();');

const errors = (asks: string) => `import * as errors from './errors.js';\n${middleware(asks)}`;
const ANSWERS_501 = 'return res.status(501).end();';
const BY_CODE = middleware(`if (err.code === 'EUNSET') ${ANSWERS_501}`);
const BY_TYPE = middleware(`if (err instanceof TypeError) ${ANSWERS_501}`);
const byMessage = (asks: string) => errors(`if (${asks}) ${ANSWERS_501}`);

/** What the class has, what a route does with the agent, and what answers its errors. */
type Elsewhere = readonly [members: string, code: string, answers: string];

const TOLD_ELSEWHERE: Record<string, Elsewhere> = {
  'its class': [CONFIG_ERROR, TRIED, BY_CLASS],
  'its name': [
    CONFIG_ERROR,
    TRIED,
    middleware("if (err.name === 'ConfigError') return res.status(501).end();"),
  ],
  'its name, in a table': [
    CONFIG_ERROR,
    TRIED,
    middleware(
      'const status = { ConfigError: 501 }[err.name as string]; if (status) return res.status(status).end();',
    ),
  ],
  'its class, in a list': [
    CONFIG_ERROR,
    TRIED,
    middleware('if ([ConfigError].some((type) => err instanceof type)) return res.status(501).end();'),
  ],
  'its code': [
    thrown("Object.assign(new Error('no key'), { code: 'ENOKEY' })"),
    TRIED,
    middleware("switch (err.code) { case 'ENOKEY': return res.status(501).end(); }"),
  ],
  'its code, which is set before': [
    "constructor() { const e: any = new Error('no key'); e.code = 'ENOKEY'; if (!process.env.K) throw e; }",
    TRIED,
    middleware("if (err.code === 'ENOKEY') return res.status(501).end();"),
  ],
  'its status, as Express does': [thrown("new StatusError('no key')"), TRIED, middleware('')],
  'the status of a package': [thrown("createError(501, 'no key')"), TRIED, middleware('')],
  'its class, of a function': ["#key = need('K');", TRIED, BY_CLASS],
  'its class, behind the chain of a call': [
    CONFIG_ERROR,
    'const agent: any = new FacebookAdsAgent(); return agent.list().then((rows: any) => res.json(rows)).catch(() => res.status(502).end());',
    BY_CLASS,
  ],
  'its class, where a helper has the failure': [
    CONFIG_ERROR,
    'const agent: any = new FacebookAdsAgent(); const [e, rows] = await to(agent.list()); if (e) return res.status(502).end(); res.json(rows); function to(p: any) { return p.then((v: any) => [null, v], (x: any) => [x]); }',
    BY_CLASS,
  ],
  'its class, by another name': [
    CONFIG_ERROR,
    TRIED,
    BY_CLASS.replace('{ ConfigError }', '{ ConfigError as Unset }').replace(
      'instanceof ConfigError',
      'instanceof Unset',
    ),
  ],
  'its class, of all of the module': [
    CONFIG_ERROR,
    TRIED,
    BY_CLASS.replace('{ ConfigError }', '* as errors').replace(
      'instanceof ConfigError',
      'instanceof errors.ConfigError',
    ),
  ],
  'its class, in a map': [
    CONFIG_ERROR,
    TRIED,
    "import * as errors from './errors.js';\nconst STATUS = new Map<any, number>([[errors.ConfigError, 501]]);\nexport const answers = (err: any, _req: any, res: any, _next: any) => res.status(STATUS.get(err.constructor) ?? 500).end();\n",
  ],
  'its class, which is asked itself': [
    CONFIG_ERROR,
    TRIED,
    middleware('if (ConfigError.isConfigError(err)) return res.status(501).end();'),
  ],
  'a code that its class has': [
    thrown("new CodedError('no key')"),
    TRIED,
    middleware("if (err.code === 'ENOKEY') return res.status(501).end();"),
  ],
  'a status that a function is given': [thrown("failure(501, 'no key')"), TRIED, middleware('')],
  'a number as its code': [
    thrown("Object.assign(new Error('no key'), { errno: 7 })"),
    TRIED,
    middleware(`if (err.errno === 7) ${ANSWERS_501}`),
  ],
  'its status, of no class': [thrown("{ status: 501, message: 'no key' }"), TRIED, middleware('')],
  'its class, which is one of two': [
    thrown("process.env.V ? new ConfigError('no key') : new Error('no key')"),
    TRIED,
    BY_CLASS,
  ],
  'its class, which makes it': [thrown("ConfigError.missing('K')"), TRIED, BY_CLASS],
  'its class, behind a catch that answers first': [
    CONFIG_ERROR,
    'const agent: any = new FacebookAdsAgent(); try { res.json(await agent.list()); } catch (e) { res.status(502).end(); throw e; }',
    BY_CLASS,
  ],
  'its class, behind a catch that throws another one': [
    CONFIG_ERROR,
    "const agent: any = new FacebookAdsAgent(); try { res.json(await agent.list()); } catch (e) { e = new Error('upstream'); throw e; }",
    BY_CLASS,
  ],
  'a code that it is given': [thrown("new GivenError('no key', 'EUNSET')"), TRIED, BY_CODE],
  'a constant that it is given': [thrown("new SetError('no key', UNSET)"), TRIED, BY_CODE],
  'a constant, where it is asked by that': [
    thrown("new SetError('no key', UNSET)"),
    TRIED,
    errors(`if (err.code === errors.UNSET) ${ANSWERS_501}`),
  ],
  'a code that the class above is given': [thrown("new UnsetError('no key')"), TRIED, BY_CODE],
  'a code that nobody knows': [
    "constructor() { if (!process.env.K) throw new GivenError('no key', process.env.WHY); }",
    TRIED,
    BY_CODE,
  ],
  'a code that a function is given': [`${thrown("coded('no key', 'EUNSET')")}`, TRIED, BY_CODE],
  'a name that it may be given': [
    thrown("new NamedError('no key')"),
    TRIED,
    middleware(`if (err.name === 'Unset') ${ANSWERS_501}`),
  ],
  'a flag': [thrown("new FlagError('no key')"), TRIED, middleware(`if (err.isConfig) ${ANSWERS_501}`)],
  'a flag, whether it is there': [
    thrown("Object.assign(new Error('no key'), { isConfig: true })"),
    TRIED,
    middleware(`if ('isConfig' in err) ${ANSWERS_501}`),
  ],
  'a flag, taken out of it': [
    thrown("Object.assign(new Error('no key'), { isConfig: true })"),
    TRIED,
    middleware(`const { isConfig } = err; if (isConfig) ${ANSWERS_501}`),
  ],
  'a class of the language': [thrown("new TypeError('no key')"), TRIED, BY_TYPE],
  'a class of the language, in a catch of what runs routes': [
    thrown("new TypeError('no key')"),
    TRIED,
    'export const wrap = (fn: any) => async (req: any, res: any, next: any) => { try { await fn(req, res, next); } catch (e) { if (e instanceof TypeError) return res.status(501).end(); next(e); } };\n',
  ],
  'a class of a package': [
    '#key = z.object({ K: z.string() }).parse(process.env);',
    TRIED,
    `import { ZodError } from 'zod';\n${middleware(`if (err instanceof ZodError) ${ANSWERS_501}`)}`,
  ],
  'the name of a class of a package': [
    '#key = SETTINGS.parse(process.env);',
    TRIED,
    middleware(`if (err.name === 'ZodError') ${ANSWERS_501}`),
  ],
  'a class of what asserts': [
    "constructor() { assert(process.env.K, 'no key'); }",
    TRIED,
    `import { AssertionError } from 'node:assert';\n${middleware(`if (err instanceof AssertionError) ${ANSWERS_501}`)}`,
  ],
  'how its message begins': [thrown("new Error('no key')"), TRIED, byMessage("err.message.startsWith('no')")],
  'what its message has': [thrown("new Error('no key')"), TRIED, byMessage("err.message?.includes('key')")],
  'its message': [thrown("new Error('no key')"), TRIED, byMessage("err.message === 'no key'")],
  'its message, as a template': [thrown('new Error(`no key`)'), TRIED, byMessage("err.message === 'no key'")],
  'its message, which is a constant': [
    thrown('new Error(NO_KEY)'),
    TRIED,
    byMessage('err.message === errors.NO_KEY'),
  ],
  'its message, which has what nobody knows': [
    thrown("new Error('no ' + process.env.WHY)"),
    TRIED,
    byMessage("err.message === 'no key'"),
  ],
  'its message, by a pattern': [
    thrown("new Error('no key')"),
    TRIED,
    byMessage('/no key/i.test(err.message)'),
  ],
  'its message, in small letters': [
    thrown("new Error('No key')"),
    TRIED,
    byMessage("err.message.toLowerCase().includes('no key')"),
  ],
  'its class, put into a variable later': [
    "constructor() { let e: Error; e = new ConfigError('no key'); if (!process.env.K) throw e; }",
    TRIED,
    BY_CLASS,
  ],
  'its class, thrown on by a catch': [
    "constructor() { try { need('K'); } catch (e) { console.warn(e); throw e; } }",
    TRIED,
    BY_CLASS,
  ],
  'its class, by what the constructor builds': ['#settings = new Settings();', TRIED, BY_CLASS],
  'all of it as a text': [
    thrown("new Error('no key')"),
    TRIED,
    middleware(`if (String(err).includes('no key')) ${ANSWERS_501}`),
  ],
  'all of it as a text, by its method': [
    thrown("new Error('no key')"),
    TRIED,
    middleware(`if (/no key/.test(err.toString())) ${ANSWERS_501}`),
  ],
  'a sign of a class of a package': [
    thrown("new Boom('no key', { statusCode: 501 })"),
    TRIED,
    middleware(`if (err.isBoom) ${ANSWERS_501}`),
  ],
  'a static of its class': [
    thrown("new StaticError('no key')"),
    TRIED,
    middleware('if (err.constructor.answer) return res.status(err.constructor.answer).end();'),
  ],
  'any class of the module': [
    CONFIG_ERROR,
    TRIED,
    errors(`if (Object.values(errors).some((each: any) => err instanceof each)) ${ANSWERS_501}`),
  ],
  'its class, behind a way out of it': [
    CONFIG_ERROR,
    'const agent: any = new FacebookAdsAgent(); try { res.json(await agent.list()); } finally { return; }',
    BY_CLASS,
  ],
};

const MET_ALIKE: Record<string, Elsewhere> = {
  'no kind of its own': [thrown("new Error('no key')"), TRIED, BY_CLASS],
  'a class that nobody asks for': [CONFIG_ERROR, TRIED, middleware('if (err instanceof TypeError) return;')],
  'a class that others throw as well': [
    CONFIG_ERROR,
    TRIED,
    "import { ConfigError } from './errors.js';\nexport const need = () => { throw new ConfigError('no port'); };\n",
  ],
  'a class, and is caught by it': [
    "constructor() { try { need('K'); } catch { console.warn('no key'); } }",
    TRIED,
    BY_CLASS,
  ],
  'a class, in the same try': [
    CONFIG_ERROR,
    'try { const agent: any = new FacebookAdsAgent(); res.json(await agent.list()); } catch { res.status(502).end(); }',
    BY_CLASS,
  ],
  'a class, and a catch that throws it on': [
    CONFIG_ERROR,
    'const agent: any = new FacebookAdsAgent(); try { res.json(await agent.list()); } catch (e) { console.error(e); throw e; }',
    BY_CLASS,
  ],
  'a class, and a catch that throws it on by another name': [
    CONFIG_ERROR,
    'const agent: any = new FacebookAdsAgent(); try { res.json(await agent.list()); } catch (e) { const failure = e as Error; console.error(failure); throw failure; }',
    BY_CLASS,
  ],
  'a text that all of it is told as': [
    thrown("new Error('no key')"),
    TRIED,
    middleware('console.error(err.stack); return res.status(500).json({ error: String(err) });'),
  ],
  'a class with a static that is written down': [
    thrown("new StaticError('no key')"),
    TRIED,
    middleware('console.error(err.constructor.name, err.constructor.answer);'),
  ],
  'a class that others make': [
    CONFIG_ERROR,
    TRIED,
    "import { ConfigError } from './errors.js';\nexport const need = () => { throw ConfigError.missing('PORT'); };\nexport { ConfigError as Unset } from './errors.js';\n",
  ],
  'a class whose stack begins where it is made': [
    CONFIG_ERROR,
    TRIED,
    "import { ConfigError } from './errors.js';\nexport class PortError extends Error { constructor() { super('no port'); Error.captureStackTrace(this, ConfigError); } }\n",
  ],
  'a class, and a chain that hands it on': [
    CONFIG_ERROR,
    'const agent: any = new FacebookAdsAgent(); agent.list().then((rows: any) => res.json(rows)).catch(next);',
    BY_CLASS,
  ],
  'another code': [
    thrown("new SetError('no key', UNSET)"),
    TRIED,
    middleware(`if (err.code === 'EQUOTA') ${ANSWERS_501}`),
  ],
  'another number': [
    thrown("Object.assign(new Error('no key'), { errno: 7 })"),
    TRIED,
    middleware(`if (err.errno === 8) ${ANSWERS_501}`),
  ],
  'a flag that nobody asks for': [
    thrown("new FlagError('no key')"),
    TRIED,
    'export const isSet = (settings: any) => (settings.isConfig ? 1 : 0);\n',
  ],
  'a flag that is written down': [
    thrown("new FlagError('no key')"),
    TRIED,
    middleware('console.error(err.isConfig, err.message);'),
  ],
  'a class of the language, and is asked in a catch that nothing else comes to': [
    thrown("new TypeError('no key')"),
    TRIED,
    'export const urlOf = (text: string) => { try { return new URL(text); } catch (e) { if (e instanceof TypeError) return null; throw e; } };\n',
  ],
  'another message': [thrown("new Error('no key')"), TRIED, byMessage("err.message.startsWith('quota')")],
  'a message that is told': [
    thrown("new Error('no ' + process.env.WHY)"),
    TRIED,
    middleware(
      "console.error(err.message); return res.status(500).json({ error: err.message || 'failed' });",
    ),
  ],
  'a message, and others are asked for theirs': [
    thrown("new Error('no key')"),
    TRIED,
    "export const isNo = (chat: any) => chat.message.startsWith('no');\n",
  ],
  'what a package makes and throws nothing': [
    'http = axios.create({});',
    TRIED,
    `import { AxiosError } from 'axios';\n${middleware(`if (err instanceof AxiosError) ${ANSWERS_501}`)}`,
  ],
  'what a package looks at and throws nothing': [
    '#key = z.object({ K: z.string() }).safeParse(process.env);',
    TRIED,
    `import { ZodError } from 'zod';\n${middleware(`if (err instanceof ZodError) ${ANSWERS_501}`)}`,
  ],
  'the status of what cannot be had': [
    thrown("Object.assign(new Error('no key'), { status: 503 })"),
    TRIED,
    middleware('return res.status(err.status ?? 500).end();'),
  ],
  'a class in a method': ["async check() { throw new ConfigError('no key'); }", TRIED, BY_CLASS],
};

describe('what a constructor throws outside of the try of its calls', () => {
  const leftFrom = ([members, code, answers]: Elsewhere, cache: string) =>
    leftOf(code, cache, {
      'src/errors.ts': CLASSES,
      'src/app.ts': answers,
      'src/agents/facebook-ads-agent.ts': `import createError from 'http-errors';
import assert from 'node:assert';
import { Boom } from '@hapi/boom';
import axios from 'axios';
import { z } from 'zod';
import { CodedError, ConfigError, FlagError, GivenError, NamedError, NO_KEY, SetError, StaticError, StatusError, UNSET, UnsetError } from '../errors.js';
const SETTINGS = z.object({ K: z.string() });
class Settings { constructor() { need('K'); } }
function failure(status: number, text: string) { return Object.assign(new Error(text), { status }); }
function coded(text: string, code: string) { return Object.assign(new Error(text), { code }); }
function need(name: string) { const value = process.env[name]; if (!value) throw new ConfigError(name); return value; }
export class FacebookAdsAgent { ${members} async list() { return fetch('http://127.0.0.1:9/'); } }
`,
    });

  test.each(Object.keys(TOLD_ELSEWHERE))('is left where it is told elsewhere by %s', async (what) => {
    const row = TOLD_ELSEWHERE[what] ?? ['', '', ''];
    expect(await leftFrom(row, CONNECTS)).toEqual(['failure-told-elsewhere']);
    expect(await leftFrom(row, WAITS)).toEqual(['migrated']);
  });

  test.each(Object.keys(MET_ALIKE))('moves where it has %s', async (what) => {
    expect(await leftFrom(MET_ALIKE[what] ?? ['', '', ''], CONNECTS)).toEqual(['migrated']);
  });
});
