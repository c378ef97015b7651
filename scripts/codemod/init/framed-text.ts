import { withArticle } from '../../../codemods/agent-cache/source/client-noun.ts';
import { forgetterOf, type OwnImport, type Words } from './cache-words.ts';
import { typesText } from './types-text.ts';

/**
 * A cache module around what it consists of: its imports, how old what it gives may be, its types, and its exports.
 *
 * @param own what the text itself needs
 */
export function framedText(words: Words, own: readonly OwnImport[], body: string): string {
  const { commonJs, quote, factory, provider, noun, typescript, keyed, built } = words;
  const names = [
    ...(built ? [factory, provider] : []),
    ...(keyed ? [`${factory}For`, forgetterOf(words)] : []),
  ];
  return [
    commonJs ? `${quote}use strict${quote};\n\n` : '',
    [...own.map((each) => importOf(each, words)), ...words.imports].join('\n'),
    '\n\n',
    `/** How old ${built ? `the shared ${noun}` : withArticle(noun)} may be before a new one is built, in seconds. */\nconst DEFAULT_TTL = 3600;\n`,
    typescript ? typesText(words) : argumentsDoc(words),
    body,
    commonJs ? `\nmodule.exports = { ${names.join(', ')} };\n` : '',
  ].join('');
}

function importOf({ name, from }: OwnImport, { commonJs, quote }: Words): string {
  const module = `${quote}${from}${quote}`;
  return commonJs ? `const { ${name} } = require(${module});` : `import { ${name} } from ${module};`;
}

/** What the comments of checked JavaScript call the arguments of an entry. */
function argumentsDoc({ checked, keyed }: Words): string {
  return checked && keyed ? `\n/** @typedef {${keyed.argumentsType}} Arguments */\n` : '';
}
