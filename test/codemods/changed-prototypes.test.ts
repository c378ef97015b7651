import { someOf } from '../support/depth.ts';
import { statusOf } from './support/status-of-route.ts';

const AGENT = `export class Base { tenant?: string; }
export class Other { headers() { return {}; } }
export class FacebookAdsAgent extends Base {
  own: unknown;
  constructor() { super(); this.own = this.headers(); }
  static use(token: unknown) { STATIC }
  headers(): unknown { return {}; }
  async getCampaigns(..._given: unknown[]): Promise<unknown[]> { return [this.own, this.tenant]; }
}
`;

/** A tree whose file of middleware says something, and so may a static method of the class. */
const beside = (middleware: string, inStatic = '') =>
  statusOf({
    files: {
      'src/agents/facebook-ads-agent.ts': AGENT.replace('STATIC', inStatic),
      'src/middleware.ts': `import { Base, FacebookAdsAgent, Other } from './agents/facebook-ads-agent.js';
import * as agents from './agents/facebook-ads-agent.js';
void [Base, FacebookAdsAgent, Other, agents];
${middleware}
`,
    },
  });

describe('a prototype that requests change keeps the places', () => {
  test.each(
    someOf([
      'export const put = (req: any, _res: any, next: any) => { (FacebookAdsAgent.prototype as any).tenant = req.query.t; next(); };',
      'export const put = (req: any, _res: any, next: any) => { Base.prototype.tenant = req.query.t; next(); };',
      'export const put = (t: any) => { agents.FacebookAdsAgent.prototype.headers = () => t; };',
      'const proto = FacebookAdsAgent.prototype; export const put = (t: any) => { proto.headers = () => t; };',
      'export const put = (t: any) => { (FacebookAdsAgent.prototype as any).defaults.token = t; };',
      'export const put = (t: any) => { delete (FacebookAdsAgent.prototype as any)[t]; };',
      'export const put = (t: any) => Object.assign(Base.prototype, { tenant: t });',
      'export const put = (t: any) => Object.defineProperty(FacebookAdsAgent.prototype, "tenant", { value: t });',
      'export const put = (t: any) => Object.setPrototypeOf(FacebookAdsAgent.prototype, { tenant: t });',
      'export const put = (t: any) => Reflect.set(Base.prototype, "tenant", t);',
      'export const put = (agent: any, t: any) => { Object.getPrototypeOf(agent).tenant = t; };',
      'export const put = (agent: any, t: any) => { agent.constructor.prototype.tenant = t; };',
    ]),
  )('%s', async (middleware) => {
    expect(await beside(middleware)).toBe('manual');
  });

  test('by a static method of the class', async () => {
    expect(await beside('', '(this.prototype as any).tenant = token;')).toBe('manual');
  });
});

describe('a prototype that is the same for all keeps nothing', () => {
  test.each(
    someOf([
      'FacebookAdsAgent.prototype.headers = () => ({ version: 24 });',
      'export function install() { FacebookAdsAgent.prototype.headers = () => ({ version: 24 }); }',
      'function patch(version: number) { FacebookAdsAgent.prototype.headers = () => version; }\npatch(24);',
      'export const put = (t: any) => { Other.prototype.headers = () => t; };',
      'export const put = (t: any) => { const other = new Other(); Object.getPrototypeOf(other).headers = () => t; };',
      'export const put = (t: any) => FacebookAdsAgent.prototype.headers.call(t);',
      'export class Lost extends Error { constructor(text: string) { super(text); Object.setPrototypeOf(this, Lost.prototype); } }',
      'export const put = (t: any) => { const Base = class { tenant?: string; }; Object.assign(new Base(), { tenant: t }); };',
    ]),
  )('%s', async (middleware) => {
    expect(await beside(middleware)).toBe('migrated');
  });
});
