import { placeBeside } from './place-beside.ts';

/** What a module keeps, what of it a constructor reads, and what other code does with it. */
export type Row = readonly [kept: string, read: string, code: string];

/** What becomes of the one place of a tree whose agent reads settings in its constructor. */
export function placeReading(
  [kept, read, code]: Row = ['', '', ''],
  more: Record<string, string> = {},
): Promise<string> {
  const files = {
    ...more,
    'src/d.json': '{ "token": "" }',
    'src/conf.ts': kept,
    'src/agents/facebook-ads-agent.ts': `import { Conf } from '../conf.js';
export class FacebookAdsAgent {
  #token;
  constructor() { this.#token = ${read}; }
  async list() { return fetch('http://127.0.0.1:9/', { body: this.#token }); }
}
`,
  };
  return placeBeside(files, code, { imports: "import { Conf } from './conf.js';" });
}

/** A middleware, after which others run. */
export const middleware = (code: string) => `router.use(async (req, res, next) => { ${code}; next(); });`;
