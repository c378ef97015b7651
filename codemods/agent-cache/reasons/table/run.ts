import { entries } from './entries.ts';

/** What the run itself met: a file that it could not read or write, or was told to leave. */
export const RUN = entries({
  'unreadable-file': {
    text: '{error}',
    hint: 'repair the file and run again',
    recipe: `The file is no text, or no syntax that the parser knows. The message names the place. The other files are migrated none
the less; a file that is no source at all can be excluded in agent-cache.config.json.`,
    shown: 'test/scripts/codemod-writing.test.ts',
  },
  'would-not-parse': {
    text: 'The file would not parse any more if its places were rewritten.',
    hint: 'Rewrite it by hand; the codemod has a fault here that is worth reporting.',
    recipe: `Nothing was written. Rewrite the places by hand, and report the file, or a small part of it that still shows this.`,
    shown: 'test/codemods/net.test.ts',
  },
  'generated-file': {
    text: 'The file is generated, and the next generation would undo what is changed in it.',
    hint: 'Change its generator, or name the file under exclude in agent-cache.config.json.',
    recipe: `The head of the file, or \`linguist-generated\` in .gitattributes, says that a tool writes it. Change the templates of
that tool, and generate again.`,
    shown: 'test/codemods/generated.test.ts',
  },
  'stale-mark': {
    text: 'A mark says that a place is left for a person, but there is none below it any more.',
    hint: 'Remove the comment when the place is done.',
    recipe: 'Delete the line with `agent-cache: manual`.',
    shown: 'test/codemods/marks.test.ts',
  },
  declined: {
    text: 'it was not migrated, as answered',
    hint: 'run again and answer yes',
    recipe: '`--interactive` asked about the file, or about this place of it, and the answer was no.',
    shown: 'test/scripts/codemod-interactive.test.ts',
  },
  unasked: {
    text: 'it was not migrated: nobody was asked about it, or gave an answer, since the questions were ended',
    hint: 'run again to be asked',
    recipe:
      '`--interactive` was ended with `q`, or its input ended, at the question about this file or place or before it.',
    shown: 'test/scripts/codemod-interactive.test.ts',
  },
  'caller-not-migrated': {
    text: 'it was not migrated, since {caller}, which calls its factory, was not',
    hint: 'see to that file and run again',
    recipe: `A factory must not give promises to callers that stayed as they were. See why the file that the message names was left:
an answer of no, a fault in writing it.`,
    shown: 'test/scripts/codemod-interactive.test.ts',
  },
  'factory-not-migrated': {
    text: 'it was not migrated, since {factory}, whose factory it calls, was not',
    hint: 'see to that file and run again',
    recipe: `The file would wait for promises of a factory that still gives its agent at once. See why the file that the message
names was left: an answer of no, a fault in writing it, another caller of its factory that was left.`,
    shown: 'test/scripts/codemod-interactive.test.ts',
  },
  'not-written': {
    text: 'not written: {why}',
    hint: 'see to the reason and run again',
    recipe: `The file changed while the run looked at it, or cannot be written. Nothing of it was. Save or close it elsewhere, see
to its permissions, and run again.`,
    shown: 'test/scripts/codemod-writing.test.ts',
  },
  'not-put-back': {
    text: '{other}, which has to change with it, was not migrated, and it was not put back: {why}',
    hint: 'restore the file, see to the reason and run again',
    recipe: `Of two files, one of which calls a factory of the other, one could not be written, and the other could not be set back
to what it was. Restore it with \`git checkout -- <file>\`, and run again.`,
    shown: 'test/scripts/codemod-together.test.ts',
  },
});
