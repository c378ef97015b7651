import { someOf } from '../support/depth.ts';
import { CLASS, leftIn } from './support/left-in.ts';

const FETCH = "const load = async (id: string) => (await fetch('http://127.0.0.1:9/' + id)).json();\n";

/** What a class has a package make of a function, and what its method does with that. */
type Row = readonly [imports: string, members: string];

const LEFT: Record<string, Row> = {
  'a loader': [
    "import DataLoader from 'dataloader';",
    '#loader = new DataLoader(async (ids: any) => Promise.all(ids.map(load))); async get(id: string) { return this.#loader.load(id); }',
  ],
  'a memo': [
    "import _ from 'lodash';",
    '#load = _.memoize(load); async get(id: string) { return this.#load(id); }',
  ],
  'a memo of a name that says nothing': [
    "import hold from 'some-hold';",
    '#load = hold((id: string) => load(id)); async get(id: string) { return this.#load(id); }',
  ],
  'a breaker': [
    "import CircuitBreaker from 'opossum';",
    '#breaker: any; constructor() { this.#breaker = new CircuitBreaker(load); } async get(id: string) { return this.#breaker.fire(id); }',
  ],
};

const MIGRATED: Record<string, Row> = {
  'a limit, which is given each function': [
    "import pLimit from 'p-limit';",
    '#limit = pLimit(2); async get(id: string) { return this.#limit(() => load(id)); }',
  ],
  'a promise of it': [
    "import { promisify } from 'some-util';",
    '#load = promisify(load); async get(id: string) { return this.#load(id); }',
  ],
  options: [
    "import axios from 'axios';",
    "#http = axios.create({ transformResponse: (text: string) => JSON.parse(text) }); async get(id: string) { return (await this.#http.get('/' + id)).data; }",
  ],
  'a loader for each call': [
    "import DataLoader from 'dataloader';",
    'async get(id: string) { const loader = new DataLoader(async (ids: any) => Promise.all(ids.map(load))); return loader.load(id); }',
  ],
  'a loader of what is the same for all': [
    "import DataLoader from 'dataloader';",
    "#loader = new DataLoader(async (ids: any) => Promise.all(ids.map(load))); async get(_id: string) { return this.#loader.load('account'); }",
  ],
};

function leftOf([imports, members]: Row): Promise<string[]> {
  return leftIn({
    'src/agents/facebook-ads-agent.ts': `${imports}\n${FETCH}export class FacebookAdsAgent { ${members} }\n`,
    'src/code.ts': `import { Router } from 'express';
${CLASS}
export const router = Router();
router.get('/:id', async (req: any, res: any) => { const agent = new FacebookAdsAgent(); res.json(await agent.get(req.params.id)); });
`,
  });
}

test.each(someOf(Object.keys(LEFT)))('an agent is left that asks %s made for it', async (way) => {
  expect(await leftOf(LEFT[way] ?? ['', ''])).toEqual(['agent-gives-unseen']);
});

test.each(someOf(Object.keys(MIGRATED)))('an agent is shared that asks %s', async (way) => {
  expect(await leftOf(MIGRATED[way] ?? ['', ''])).toEqual(['migrated']);
});
