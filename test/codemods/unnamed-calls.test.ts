import { someOf } from '../support/depth.ts';
import { type ClassAndRoute, statusOf } from './support/status-of-route.ts';

const SETTER =
  'account = ""; use_(id: string) { this.account = id; }\n  async whoAmI() { return this.account; }';
const READERS = 'async getAccounts() { return []; }';

/** `method-unnamed` leaves what may be any method; where none changes the agent, or the name is told, it is shared. */
test.each<[string, ClassAndRoute, string]>(
  someOf([
    [
      'a name of the request, beside a method that keeps',
      { members: SETTER, use: 'agent[req.query.m](req.query.x);' },
      'manual',
    ],
    [
      'a name of the request whose result is used',
      { members: SETTER, use: 'await agent[req.query.m]().then(res.json);' },
      'manual',
    ],
    [
      'a name of a parameter',
      { members: SETTER, use: 'const call = (m: any) => (agent as any)[m](1); call("whoAmI");' },
      'manual',
    ],
    [
      'a variable that is set again',
      { members: SETTER, use: 'let m = "getCampaigns"; m = req.query.m; await (agent as any)[m]();' },
      'manual',
    ],
    [
      'an optional call',
      { members: SETTER, use: 'await (agent as any)[req.query.m]?.(req.query.x);' },
      'manual',
    ],
    [
      'a constant that names a method that keeps',
      { members: SETTER, use: 'const m = "use_"; agent[m](req.query.x);' },
      'manual',
    ],
    [
      'a name of the request, beside readers alone',
      { members: READERS, use: 'const m = req.query.m; res.json(await (agent as any)[m]());' },
      'migrated',
    ],
    [
      'a constant that names a reader',
      { members: SETTER, use: 'const m = "getCampaigns"; await agent[m](req.query.x);' },
      'migrated',
    ],
    [
      'one of two readers',
      {
        members: SETTER,
        use: 'const m = req.query.all ? "getCampaigns" : "getCampaigns"; await agent[m]();',
      },
      'migrated',
    ],
  ]),
)('%s', async (_, route, status) => {
  expect(await statusOf(route)).toBe(status);
});
