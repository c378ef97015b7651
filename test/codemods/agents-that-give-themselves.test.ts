import { statusOf } from './support/status-of-route.ts';

const members = `token = ''; closed = false;
  async open() { return this; }
  self() { return this; }
  close() { this.closed = true; }`;

/** What a method gives that gives its own agent is the agent. */
const given = (use: string) => statusOf({ members, use });

describe('an agent that its own method gives is left', () => {
  test.each([
    'agent.self().token = req.query.x;',
    'const me = agent.self(); me.token = req.query.x;',
    'const opened = await agent.open(); await opened.close();',
    'kept.push(await agent.open());',
    '(await agent.open()).self().close();',
  ])('%s', async (use) => {
    expect(await given(use)).toBe('manual');
  });
});

test.each([
  'const opened = await agent.open(); await opened.getCampaigns();',
  'res.set("x-rows", String((await agent.self().getCampaigns()).length));',
])('%s leaves nothing in it', async (use) => {
  expect(await given(use)).toBe('migrated');
});
