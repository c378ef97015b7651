import prettier from 'prettier';
import { keepSilencedLines } from '../../scripts/codemod/formatting/silenced-lines.ts';

const CALL = 'await (await getFacebookAgent()).getCampaign(request.params.id, request.query.all, 1);';

async function formatted(text: string) {
  return keepSilencedLines('a.ts', text, await prettier.format(text, { parser: 'typescript' }));
}

test.each([
  ['a declaration', `// @ts-expect-error no second argument\nconst rows = ${CALL}\n`],
  [
    'a comment of several words above it',
    `// eslint-disable-next-line no-magic-numbers\n// One page.\nconst rows = ${CALL}\n`,
  ],
  ['an assignment', `/* @ts-ignore */\nrows = ${CALL}\n`],
  ['a return', `async function list() {\n  // biome-ignore lint/style/x: as it was\n  return ${CALL}\n}\n`],
  [
    'an argument',
    `send(\n  // @ts-expect-error no second argument\n  await (await getFacebookAgent()).getCampaign(request.params.id, request.query.all, 1, 2),\n  another,\n);\n`,
  ],
])('%s below a directive stays on its line', async (_, text) => {
  const { text: kept, kept: lines } = await formatted(text);
  expect(kept).toBe(text);
  expect(lines).toHaveLength(1);
});

test('what is around it is formatted', async () => {
  const { text } = await formatted(
    `const a = 'x'\n// @ts-expect-error no second argument\nconst rows = ${CALL}\nconst b='y'\n`,
  );
  expect(text).toBe(
    `const a = "x";\n// @ts-expect-error no second argument\nconst rows = ${CALL}\nconst b = "y";\n`,
  );
});

test.each([
  ['without a directive', `const rows = ${CALL}\n`],
  ['over several lines already', '// prettier-ignore\nconst a = {\n  b: 1,\n};\n'],
  ['with a directive in a string', `const text = "@ts-ignore";\nconst rows = ${CALL}\n`],
])('code %s is as the formatter has it', async (_, text) => {
  const { text: given, kept } = await formatted(text);
  expect(given).toBe(await prettier.format(text, { parser: 'typescript' }));
  expect(kept).toEqual([]);
});
