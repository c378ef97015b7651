import { someOf } from '../support/depth.ts';
import { AT_ONCE, CLASS, leftIn } from './support/left-in.ts';

/** What a route does with an agent, and what another file has that the route gets at. */
type Row = [code: string, beside?: string];

const MADE = 'const agent = new FacebookAdsAgent();';
const USED = 'res.json(await agent.list());';

const LEFT: Record<string, Row> = {
  'a promise that its function makes': [
    `const agent: any = await new Promise((resolve) => { resolve(new FacebookAdsAgent()); }); ${USED} agent.close();`,
  ],
  'a promise that comes later': [
    `const agent: any = await new Promise((resolve) => { setTimeout(() => resolve(new FacebookAdsAgent()), 1); }); ${USED} agent.close();`,
  ],
  'a promise whose end another module keeps': [
    'waiting.resolve(new FacebookAdsAgent()); res.end();',
    'export const waiting: any = {};\nnew Promise((resolve) => { waiting.resolve = resolve; }).then((agent: any) => agent.close());',
  ],
  'the end of a promise of another module': [
    'resolve(new FacebookAdsAgent()); res.end();',
    'export const { promise, resolve } = (Promise as any).withResolvers();\npromise.then((agent: any) => agent.close());',
  ],
  'a deferred': [
    `const d = (Promise as any).withResolvers(); d.resolve(new FacebookAdsAgent()); const agent = await d.promise; ${USED} agent.close();`,
  ],
  'a subject': [
    'subject.next(new FacebookAdsAgent()); res.end();',
    'export const subject = new (globalThis as any).Subject();',
  ],
  'code of a text': [`${MADE} eval(req.app.locals.hook); ${USED}`],
  'code of a text in a function': [`${MADE} const run = () => eval(req.query.x); run(); ${USED}`],
};

const MIGRATED: Record<string, Row> = {
  'a promise that is only awaited': [
    `const agent: any = await new Promise((resolve) => { resolve(new FacebookAdsAgent()); }); ${USED}`,
  ],
  'the next middleware': [`${MADE} res.locals.all = await agent.list(); next();`],
  'a failure': [`try { ${MADE} ${USED} } catch (error) { next(error); }`],
  'code of a text elsewhere': [
    `${MADE} res.json([calc(req.query.x), await agent.list()]);`,
    'export const calc = (x: string) => eval(x);',
  ],
  'code of a text that sees what is global': [`${MADE} (0, eval)('1'); ${USED}`],
};

function leftOf([code, beside = '']: Row): Promise<string[]> {
  const [name] = /(?<=export const \{? ?(?:promise, )?)\w+/.exec(beside) ?? [];
  return leftIn({
    'src/utils/agent-cache.ts': AT_ONCE,
    'src/beside.ts': beside,
    'src/code.ts': `import { Router } from 'express';
${name === undefined ? '' : `import { ${name} } from './beside.js';`}
${CLASS}
export const router = Router();
router.get('/', async (req: any, res: any, next: any) => { ${code} });
`,
  });
}

test.each(someOf(Object.keys(LEFT)))('an agent is left that gets into %s', async (way) => {
  expect(await leftOf(LEFT[way] ?? [''])).not.toContain('migrated');
});

test.each(someOf(Object.keys(MIGRATED)))('an agent is shared beside %s', async (way) => {
  expect(await leftOf(MIGRATED[way] ?? [''])).toEqual(['migrated']);
});

const AGAIN = 'const again = (agent: FacebookAdsAgent): any =>';

describe('an agent that is built by the class of another one', () => {
  test.each([
    `${AGAIN} new (agent.constructor as any)();`,
    `${AGAIN} { const Type: any = agent.constructor; return new Type(); };`,
    `${AGAIN} { const { constructor: Type } = agent as any; return new Type(); };`,
    `${AGAIN} Reflect.construct(agent.constructor, []);`,
    `${AGAIN} new (Object.getPrototypeOf(agent).constructor)();`,
  ])('is told of: %s', async (again) => {
    const code = [CLASS, again, 'export const fresh = (req: any) => again(req.app.locals.agent);'];
    expect(await leftIn({ 'src/code.ts': code.join('\n') })).toEqual(['class-of-unknown-origin']);
  });

  test.each([
    'export const again = (error: Error): any => new (error.constructor as any)();',
    'class Row { copy(): any { return new (this.constructor as any)(); } }\nexport const row = new Row();',
    'const list = [1]; export const other: any = new (list.constructor as any)();',
    'export const named = (agent: FacebookAdsAgent) => agent.constructor.name;',
  ])('is no other one: %s', async (beside) => {
    const code = [
      CLASS,
      beside,
      'export async function all() { const agent = new FacebookAdsAgent(); return agent.list(); }',
    ];
    expect(await leftIn({ 'src/code.ts': code.join('\n') })).toEqual(['migrated']);
  });
});
