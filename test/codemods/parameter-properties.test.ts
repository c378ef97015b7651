import { AT_ONCE, CLASS, leftIn } from './support/left-in.ts';

/** What becomes of the places beside a class whose constructor has a property by the name of something around it. */
const beside = (code: string, more: Record<string, string> = {}) =>
  leftIn({
    'src/utils/agent-cache.ts': AT_ONCE,
    'src/code.ts': `${CLASS}\n${code}\n`,
    ...more,
  });

test('a property of the constructor by the name of the class builds another thing', async () => {
  const left = await beside(`export class Lists {
  constructor(private readonly FacebookAdsAgent: any) { new FacebookAdsAgent().close(); }
}
export const list = async () => { const agent = new FacebookAdsAgent(); return agent.list(); };`);
  expect(left).toEqual(['migrated']);
});

test('a property of the constructor by the name of a factory calls another one', async () => {
  const left = await beside(`function make() { return new FacebookAdsAgent(); }
export class Closes {
  constructor(private readonly make: () => any) { make().close(); }
}
export const list = async () => { const agent = make(); return agent.list(); };`);
  expect(left).toEqual(['migrated']);
});

test('a property of the constructor that closes the agent which it is given closes it', async () => {
  const left = await beside(`export class Closes {
  constructor(private readonly agent: any) { agent.close(); }
}
export const list = async () => { const agent = new FacebookAdsAgent(); new Closes(agent); return agent.list(); };`);
  expect(left).toEqual(['agent-closed']);
});

test('a property of the constructor by the name of settings writes to others', async () => {
  const given = { 'src/conf.ts': 'export const conf = { token: process.env.TOKEN };\n' };
  const cache = {
    'src/utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
import { conf } from '../conf.js';
let shared: FacebookAdsAgent | undefined;
export function getFacebookAgent(): FacebookAdsAgent { return (shared ??= new FacebookAdsAgent(conf.token)); }
`,
    'src/agents/facebook-ads-agent.ts': `export class FacebookAdsAgent {
  constructor(readonly token?: string) {}
  async list(): Promise<string[]> { return [this.token ?? '']; }
  close() {}
}
`,
  };
  const writes = (call: string) => `import { conf } from './conf.js';
export class Fills {
  constructor(private readonly conf: { token?: string }) { conf.token = 'other'; }
}
export const fill = () => ${call};
export const list = async () => { const agent = new FacebookAdsAgent(conf.token); return agent.list(); };`;
  expect(await beside(writes('new Fills({})'), { ...given, ...cache })).toEqual(['migrated']);
  expect(await beside(writes('new Fills(conf)'), { ...given, ...cache })).toEqual(['built-with-arguments']);
});
