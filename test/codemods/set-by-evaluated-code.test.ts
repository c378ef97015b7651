import { middleware, placeReading } from './support/place-reading.ts';

/** What a module keeps beside a function that runs a text as code, and who calls that. */
const RUN = "import { run } from './conf.js';\n";
const EVALUATED: Record<string, readonly [kept: string, code: string, isSet: boolean]> = {
  'the text of a request': [
    'let token = 1;\nexport const Conf = () => token;\nexport function run(text) { return eval(text); }',
    `${RUN}router.post('/', (req, res) => { res.json(run(req.body.code)); });`,
    true,
  ],
  'the text of a middleware, beside an object': [
    'const kept = { token: 1 };\nexport const Conf = () => kept.token;\nexport const run = (text) => { eval(text + ";"); };',
    `${RUN}${middleware('run(req.query.code)')}`,
    true,
  ],
  'a text that stands there': [
    "let token = 1;\nexport const Conf = () => token;\nexport const run = () => eval('process.version');",
    `${RUN}router.post('/', (req, res) => { res.json(run()); });`,
    false,
  ],
  'a text of its start': [
    'let token = 1;\nexport const Conf = () => token;\nexport function run(text) { eval(text); }',
    `${RUN}import { readFileSync } from 'node:fs';\nrun(readFileSync('conf.js', 'utf8'));`,
    false,
  ],
  'a text that sees only what is global': [
    'let token = 1;\nexport const Conf = () => token;\nexport const run = (text) => (0, eval)(text);',
    `${RUN}${middleware('run(req.query.code)')}`,
    false,
  ],
  'a text, beside a variable of another name there': [
    'let token = 1;\nexport const Conf = () => token;\nexport const run = (text, token) => eval(text);',
    `${RUN}${middleware('run(req.query.code)')}`,
    false,
  ],
};

test.each(Object.keys(EVALUATED))('what code may set that is run of %s', async (way) => {
  const [kept, code, isSet] = EVALUATED[way] ?? ['', '', false];
  expect(await placeReading([kept, 'Conf()', code])).toBe(isSet ? 'constructor-reads-request' : 'migrated');
});
