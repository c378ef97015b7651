import { entries } from './entries.ts';

/** A factory, or what uses one, has to stay. */
export const FACTORIES = entries({
  'factory-still-used': {
    text: 'The factory {factory} is still used where the cached agent cannot be awaited.',
    hint: 'Rewire its remaining uses, then remove it.',
    recipe: `The other places of this file's report say which uses those are, and why they are left. Once they are done, run the
codemod again: it removes the factory.`,
    shown: 'left/builders-whose-callers-hand-on',
  },
  'kept-for-all-calls': {
    text: '{factory} keeps one agent for all of its calls, and one of them is left.',
    hint: 'See to that one; then all of them can take the shared agent together.',
    recipe: `What one call does to an agent that is kept (a header, a \`close\`), the others see. If some of them took the cache's
agent, and others that of the function, they would no longer see it. The report says which call is left, and why.`,
    shown: 'agents that are kept for all calls, and used beside that',
  },
  'factory-exported': {
    text: 'The factory {factory} is exported, and other files may use it where the cached agent cannot be awaited.',
    hint: 'Run the codemod over the whole tree.',
    recipe: `A run over one file cannot see who imports the factory. Run \`npm run codemod\` over the folder of the sources.`,
    shown: 'test/codemods/reasons.test.ts',
  },
  'factory-used-elsewhere': {
    text: 'The factory {factory} is also used{ on line 1 of file 1}, where the cached agent cannot be awaited for sure.',
    hint: 'Rewire that place first, then run the codemod again.',
    recipe: `The importer that the message names is reported itself, with the reason why its call cannot be awaited. See to that
place; factory and importers are rewritten together in the next run.`,
    shown: 'factories that are reached in ways nobody follows',
  },
  'factory-used-in-left-file': {
    text: 'The factory {factory} is also used{ on line 1 of file 1}, and this run leaves that file as it is.',
    hint: 'Await the factory there, or run the codemod over that file too; a test has to be changed by hand.',
    recipe: `A file that the run leaves would call a function that became async. An \`await\` there is right both before and after:
write it, and run the codemod again.`,
    shown: 'test/codemods/tree.test.ts',
  },
  'importer-unresolved': {
    text: "'{specifier}'{ on line 1 of file 1} leads nowhere that the tree explains, and may be the module of {name}.",
    hint: 'Declare the alias in tsconfig.json or package.json, or the package among its dependencies, then run the codemod again.',
    recipe: `The import ends as one of the function's module would. Where it is one, its call would get a promise without an
\`await\`; the tree does not say. Aliases are read from \`paths\` and \`baseUrl\` of tsconfig.json, from \`imports\` and
\`_moduleAliases\` of package.json, and from \`alias\` in the config of a bundler. One of a package that is not declared is
explained by declaring it.`,
    shown: 'test/codemods/unresolved-importers.test.ts',
  },
  'loaded-unseen': {
    text: 'A module is loaded by a name that is made when the code runs{ on line 1 of file 1}, and it may be that of {name}.',
    hint: 'Import the module by its path there, or move the function out of what is loaded so, then run the codemod again.',
    recipe: `A loader that takes whole folders, or makes the name of what it loads, may call the function, which would give it a
promise. Where it never does, move the function to a folder that it does not load; where it does, import it.`,
    shown: 'test/codemods/unresolved-importers.test.ts',
  },
  'factory-left-out': {
    text: 'The factory {factory} handles its own failure, and this run leaves its file as it is.',
    hint: "Run the codemod over the factory's file too.",
    recipe: `The factory turns a failure into an answer of its own (a 503, a log line). That code has to move with its calls, and
it stands in a file outside of the paths of this run. Name that file too.`,
    shown: 'test/codemods/tree.test.ts',
  },
  'called-factory-stays': {
    text: 'The factory {factory} that is called here stays as it is, and goes on giving its agent at once.',
    hint: 'See to what keeps that factory, which is reported where it stands, then run the codemod again.',
    recipe: `The factory does more than build the agent (it handles a failure, or is a member of something), so its callers go on
calling it. They can wait for it only once it gives a promise, and something else keeps it from that: the reason stands
at its own place in the report. See to that first.`,
    shown: 'callers of a factory of another file that has to stay',
  },
  'factory-type-taken': {
    text: 'A type is taken from the factory, and it would become a promise.',
    hint: "Name the agent's class as the type, then run the codemod again.",
    recipe: 'Write `FacebookAdsAgent` in place of `ReturnType<typeof createAgent>`.',
    shown: 'left/unsafe-to-take-out',
  },
  'factory-loaded-late': {
    text: "A factory's module is loaded inside of other code, where its agent cannot be awaited for sure.",
    hint: 'Import the factory at the top of the file, then run the codemod again.',
    recipe: `Turn \`require('./factory')\` or \`import('./factory')\` inside of a function into an import at the top. If it stands there to
break a circle of modules, import the cache module in its place: it imports nothing of yours.`,
    shown: 'factories that are reached in ways nobody follows',
  },
  'parameter-works': {
    text: 'The function only builds the agent, but its parameter {parameter} does work of its own, which would go with it.',
    hint: 'Do that at its callers, or take the parameter away, then run the codemod again.',
    recipe: `The parameter has a default that calls something, or takes its argument apart. Nobody uses what comes of it, but it is
run. Remove it, or do that work where the function is called.`,
    shown: 'left/parameters-that-do-work',
  },
});
