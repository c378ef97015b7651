import { someOf } from '../support/depth.ts';
import { middleware } from './support/place-reading.ts';
import { placeBeside } from './support/place-beside.ts';

const OBJECT = `export const Conf = { token: '', port: 1 };`;
const AGENT = `import { Conf } from '../conf.js';
export class FacebookAdsAgent {
  #token;
  constructor() { this.#token = Conf.token; }
  async list() { return fetch('http://127.0.0.1:9/', { body: this.#token }); }
}
`;

const ALL = `import * as all from './hands.js';\n`;

/** How a module hands settings on, and what code has them by from all that it exports. */
const HANDED: Record<string, readonly [hands: string, had: string]> = {
  'by another name': [`export { Conf as Settings } from './conf.js';`, 'all.Settings'],
  'as a module': [`export * as f from './conf.js';`, 'all.f.Conf'],
  'as its default': [`export { Conf as default } from './conf.js';`, 'all.default'],
  'as a constant': [`import { Conf } from './conf.js';\nexport const One = Conf;`, 'all.One'],
  'in an object': [`import { Conf } from './conf.js';\nexport const group = { one: Conf };`, 'all.group.one'],
  'from one that does so': [`export * from './renames.js';`, 'all.Settings'],
};

const placeOf = (hands: string, code: string) =>
  placeBeside(
    {
      'src/conf.ts': OBJECT,
      'src/hands.ts': hands,
      'src/renames.ts': `export { Conf as Settings } from './conf.js';`,
      'src/agents/facebook-ads-agent.ts': AGENT,
    },
    code,
  );

describe('settings that a module hands on', () => {
  test.each(someOf(Object.keys(HANDED)))('are set from all that it exports: %s', async (way) => {
    const [hands, had] = HANDED[way] ?? ['', ''];
    expect(await placeOf(hands, `${ALL}${middleware(`${had}.token = req.query.t`)}`)).toBe(
      'constructor-reads-request',
    );
    expect(
      await placeOf(
        hands,
        middleware(`${had.replace('all', "(await import('./hands.js'))")}.token = req.query.t`),
      ),
    ).toBe('constructor-reads-request');
  });

  test.each(someOf(Object.keys(HANDED)))('are the same for all where they are read: %s', async (way) => {
    const [hands, had] = HANDED[way] ?? ['', ''];
    expect(await placeOf(hands, `${ALL}${middleware(`res.locals.token = ${had}.token`)}`)).toBe('migrated');
  });

  test('are no other settings of that module', async () => {
    const hands = `export { Conf as Settings } from './conf.js';\nexport const Other = { token: '' };`;
    expect(await placeOf(hands, `${ALL}${middleware('all.Other.token = req.query.t')}`)).toBe('migrated');
  });
});
