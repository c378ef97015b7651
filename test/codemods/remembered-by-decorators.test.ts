import { CLASS, leftIn } from './support/left-in.ts';

/** What becomes of a place that calls a method which a decorator of a package makes. */
function leftBy(decorator: string, params: string, given: string): Promise<string[]> {
  return leftIn({
    'src/agents/facebook-ads-agent.ts': `import { Cached, Memoize, Once, Trace } from 'decorators';
import * as memo from 'memo-decorators';
export class FacebookAdsAgent {
  ${decorator} async one(${params}) { return fetch('http://127.0.0.1:9/', { body: JSON.stringify([${params}]) }); }
}
`,
    'src/code.ts': `import { Router } from 'express';
${CLASS}
export const router = Router();
router.get('/', async (req: any, res: any) => { const agent = new FacebookAdsAgent(); res.json(await agent.one(${given})); });
`,
  });
}

test.each([
  ['@Memoize()', 'id, token', 'req.query.id, req.query.t'],
  ['@memo.Memoize()', 'id, token', 'req.query.id, req.query.t'],
  ['@Cached(60)', 'id, token', 'req.query.id, req.query.t'],
  ['@Once()', 'token', 'req.query.t'],
])('a method that %s remembers for less than all of (%s) keeps the place', async (...row) => {
  expect(await leftBy(...row)).toEqual(['agent-keeps-answer']);
});

test.each([
  ['@Memoize()', 'id', 'String(req.query.id)'],
  ['@Once()', '', ''],
  ['@Trace()', 'id, token', 'req.query.id, req.query.t'],
])('a method that %s remembers for all of (%s), or not, is shared', async (...row) => {
  expect(await leftBy(...row)).toEqual(['migrated']);
});
