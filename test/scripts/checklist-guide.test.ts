import { someOf } from '../support/depth.ts';
import fc from '../support/fast-check.ts';
import type { GuideItem } from '../../scripts/checklist/guide/guide-item.ts';
import { lineIndex } from '../../scripts/checklist/guide/line-index.ts';
import { parseGuide } from '../../scripts/checklist/guide/parse-guide.ts';
import { parsePiece } from '../../scripts/checklist/guide/parse-piece.ts';
import { setTicks } from '../../scripts/checklist/guide/set-ticks.ts';
import { removeTrees, Tree } from './checklist-tree.ts';
import { depth } from '../support/depth.ts';

afterAll(removeTrees);

const NOWHERE = '/nowhere-at-all';

async function items(text: string, root = NOWHERE): Promise<GuideItem[]> {
  return (await parseGuide(text, root)).items;
}

async function paths(text: string, root = NOWHERE): Promise<string[]> {
  return (await items(text, root)).flatMap((item) => item.paths);
}

describe('the tasks of a guide', () => {
  test.each(
    someOf([
      ['a code span', '- [ ] Atualizar `api/src/a.ts`', ['api/src/a.ts']],
      ['a link', '- [ ] [metrics](api/src/a.ts#L25)', ['api/src/a.ts']],
      ['a link whose text is a code span', '- [ ] [`a.ts`](api/src/a.ts)', ['api/src/a.ts']],
      ['a reference', '- [ ] [metrics][m]\n\n[m]: api/src/a.ts', ['api/src/a.ts']],
      ['a link with an escaped name', '- [ ] [x](api/%C3%A9.ts)', ['api/é.ts']],
      ['a web link around a path', '- [ ] [`api/a.ts`](https://example.com/api/a.ts)', ['api/a.ts']],
      ['a star', '* [x] `api/a.ts`', ['api/a.ts']],
      ['a plus', '+ [x] `api/a.ts`', ['api/a.ts']],
      ['a number', '1. [ ] `api/a.ts`\n2. [X] `api/b.ts`', ['api/a.ts', 'api/b.ts']],
      [
        'nested tasks',
        '- [ ] Rotas `r.ts`\n  - [x] `api/a.ts`\n    1. [ ] `api/b.ts`',
        ['r.ts', 'api/a.ts', 'api/b.ts'],
      ],
      ['a quote', '> - [ ] `api/a.ts`', ['api/a.ts']],
      [
        'a line anchor',
        '- [ ] `api/a.ts#L25` and `api/b.ts:12:3` and `api/c.ts#L1-L9`',
        ['api/a.ts', 'api/b.ts', 'api/c.ts'],
      ],
      ['backslashes and dots', '- [ ] `.\\api\\a.ts`', ['api/a.ts']],
      ['no word but the path', '- [ ] `ação/ü.ts` 移行', ['ação/ü.ts']],
      ['a plain list', '- `api/a.ts`', []],
      ['a fence', '```md\n- [ ] `api/a.ts`\n```', []],
      ['a fence in a task', '- [ ] see\n  ```\n  `api/a.ts`\n  ```', []],
      ['a comment', '<!--\n- [ ] `api/a.ts`\n-->', []],
      [
        'words, routes, calls and packages',
        '- [ ] `getFacebookAgent()` `/health/agent-cache` `npm run x` `res.json` `@scope/x`',
        [],
      ],
      ['a media type', '- [ ] answer `application/json`', []],
      ['an import after the file', '- [ ] `api/a.ts` uses `../utils/agent-cache.ts`', ['api/a.ts']],
      ['two files', '- [ ] `api/a.ts` and `api/b.ts`', ['api/a.ts', 'api/b.ts']],
      ['a place outside', '- [ ] `../a.ts`', ['../a.ts']],
      ['an absolute path', '- [ ] `/somewhere/else.ts`', ['/somewhere/else.ts']],
    ]),
  )('%s', async (_name, text, expected) => {
    expect(await paths(text)).toEqual(expected);
    expect(await paths(text.replaceAll('\n', '\r\n'))).toEqual(expected);
  });

  test('asks the tree where the text alone cannot tell', async () => {
    const { root } = new Tree({
      'lib/a.ts': '',
      'bin/start': '',
      'src/my file.ts': '',
      'src/x/y.ts': '',
      Makefile: '',
    });
    expect(await paths('- [ ] `bin/start` `src/gone` `docs/gone` `Makefile` `word`', root)).toEqual([
      'bin/start',
      'src/gone',
      'Makefile',
    ]);
    expect(
      await paths('- [ ] `lib/(g)/a b.ts` `node lib/a.ts` `lib/*.ts` [x](<docs/(g)/c d.ts>)', root),
    ).toEqual(['lib/(g)/a b.ts', 'docs/(g)/c d.ts']);
    expect(await paths('- [ ] [x](src/my%20file.ts) [y](/src/x/y.ts) [z](/health/x)', root)).toEqual([
      'src/my file.ts',
      'src/x/y.ts',
    ]);
  });

  test('has ticks, places and text', async () => {
    const text = '# Ünïcode\r\n\r\n- [ ] Migrate `a.ts`\r\n* [X] `b.ts`\r\n  - [x]\t`c.ts`\r\n';
    const found = await items(text);
    expect(found.map(({ ticked, line, column }) => ({ ticked, line, column }))).toEqual([
      { ticked: false, line: 3, column: 1 },
      { ticked: true, line: 4, column: 1 },
      { ticked: true, line: 5, column: 3 },
    ]);
    expect(found.map(({ tickOffset }) => text.slice(tickOffset - 1, tickOffset + 2))).toEqual([
      '[ ]',
      '[X]',
      '[x]',
    ]);
    expect(found[0]?.text).toBe('Migrate a.ts');
  });

  test('carries checks', async () => {
    const text = [
      '- [ ] health <!-- check: route get /health/agent-cache -->',
      '- [ ] numbers',
      '  <!-- check: metric a_total --> <!--check:script bench-->',
      '- [ ] deploy <!-- check: manual ask whoever is on call -->',
      '- [ ] odd <!-- check: planet mars --> <!-- a remark, no check -->',
      '- [ ] bad route <!-- check: route /health -->',
    ].join('\n');
    expect((await items(text)).map(({ checks }) => checks)).toEqual([
      [{ kind: 'route', target: 'GET /health/agent-cache' }],
      [
        { kind: 'metric', target: 'a_total' },
        { kind: 'script', target: 'bench' },
      ],
      [{ kind: 'manual', target: 'ask whoever is on call' }],
      [{ kind: 'unknown', target: 'planet mars' }],
      [{ kind: 'unknown', target: 'route /health' }],
    ]);
  });

  test('reports a check that belongs to no task', async () => {
    const guide = await parseGuide('- [ ] `a.ts`\n\n<!-- check: manual -->\n', NOWHERE);
    expect(guide.strayChecks).toEqual([{ line: 3, column: 1 }]);
    const inside = '- [ ] `a.ts`\n  - plain <!-- check: manual -->\n\ntext <!-- check: manual -->\n';
    expect((await parseGuide(inside, NOWHERE)).strayChecks).toEqual([
      { line: 2, column: 11 },
      { line: 4, column: 6 },
    ]);
  });
});

describe('a long guide, read in pieces', () => {
  const line = fc.constantFrom(
    '- [ ] Migrate `src/a.ts`',
    '- [x] `src/b.ts` and `src/c.ts`, then rest',
    '* [x] [d](src/d.ts)',
    '+ [ ] `e.ts` <!-- check: manual -->',
    '- plain <!-- check: manual -->',
    '- [ ] ``two `src/x.ts` ticks``',
    '- [ ] `a.ts``b.ts`',
    '- [x] broken `span.ts',
    '- [ ] *`src/em.ts`* &amp; \\`no.ts\\`',
    '- [ ] <b>`src/html.ts`</b>',
    '  - [x] `nested/a.ts`',
    '    - [ ] `nested/b.ts`',
    '  continued `src/more.ts`',
    '1. [ ] `numbered.ts`',
    '```',
    '  ```',
    '~~~',
    '<!-- open',
    '-->',
    '<div>',
    '> quoted',
    '> - [ ] `quoted.ts`',
    '# Heading',
    '---',
    '| a | b |',
    'plain words',
    '    indented code',
    '',
    '',
    '  ',
  );

  test('has the same tasks as the parser finds in the whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 40 }),
        fc.constantFrom('\n', '\r\n'),
        async (lines, end) => {
          const text = lines.join(end);
          const inPieces = await parseGuide(text, NOWHERE, 0);
          const raw = parsePiece(text, { root: NOWHERE, folder: '' });
          const place = lineIndex(text);
          const whole = raw.items.filter((item) => item.paths.length > 0 || item.checks.length > 0);
          expect(inPieces.items).toEqual(
            whole.map(({ offset, ...item }) => ({ ...item, guide: 'MIGRATION.md', ...place(offset) })),
          );
          expect(inPieces.strayChecks).toEqual(raw.strayChecks.map(place));
        },
      ),
      { numRuns: depth(400, 80) },
    );
  });

  test('finds thousands of tasks around a fence that looks like one', async () => {
    const list = Array.from(
      { length: 3000 },
      (_, index) => `- [${index % 2 ? 'x' : ' '}] \`src/f${index}.ts\``,
    );
    const text = [...list.slice(0, 1500), '', '```', '- [ ] `fenced.ts`', '```', ...list.slice(1500)].join(
      '\n',
    );
    const found = await items(text);
    expect(found).toHaveLength(3000);
    expect(found[2999]).toMatchObject({ ticked: true, paths: ['src/f2999.ts'], line: 3004 });
  });
});

describe('setting ticks', () => {
  test('changes tick characters and no other byte', async () => {
    const text = 'Intro\r\n\r\n-   [ ]  `a.ts`  \r\n* [X] `b.ts` [ ]\n1) [x] `c.ts`\r\n\r\n\t trailing \r\n';
    const found = await items(text);
    const flipped = setTicks(
      text,
      found.map(({ tickOffset, ticked }) => ({ offset: tickOffset, ticked: !ticked })),
    );
    expect(flipped).toBe(
      'Intro\r\n\r\n-   [x]  `a.ts`  \r\n* [ ] `b.ts` [ ]\n1) [ ] `c.ts`\r\n\r\n\t trailing \r\n',
    );
    const same = setTicks(
      text,
      found.map(({ tickOffset, ticked }) => ({ offset: tickOffset, ticked })),
    );
    expect(same).toBe(text);
  });
});
