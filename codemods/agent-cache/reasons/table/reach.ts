import { entries } from './entries.ts';

/** A way to the class that cannot be followed to its end. */
export const REACH = entries({
  'class-passed-on': {
    text: '{class} is passed on as a value, and what receives it may build an agent.',
    hint: 'Pass a function that awaits the cached agent instead of the class.',
    recipe: `What receives a class can call \`new\` with it. Pass \`getFacebookAgent\` instead, and let the receiver await it. For a
container of dependency injection, register a provider that is async.`,
    shown: 'left/more-owners',
  },
  'class-unresolved': {
    text: '{class} is imported from a module that nothing in the tree resolves, so it may be another class.',
    hint: 'Declare the alias in tsconfig.json, or the package in package.json, then run the codemod again.',
    recipe: `Add the alias to \`compilerOptions.paths\`, or to \`imports\` of package.json, where TypeScript and Node.js find it too; or
name the module with \`--agent-module\`.`,
    shown: 'test/codemods/reasons.test.ts',
  },
  'agent-imported-late': {
    text: 'The module of {class} is imported inside of other code, when that runs.',
    hint: 'Import the cache module there instead, and await its agent.',
    recipe: `\`\`\`ts
// before
const { FacebookAdsAgent } = await import('../agents/facebook-ads-agent.js');
const agent = new FacebookAdsAgent();
// after
const { getFacebookAgent } = await import('../utils/agent-cache.js');
const agent = await getFacebookAgent();
\`\`\``,
    shown: 'left/dynamic-import',
  },
  'no-cache-module': {
    text: 'No cache module was found above this file.',
    hint: 'Name it with --cache-module, or write a starting one with --init.',
    recipe: `\`npm run codemod -- --init src\` writes \`utils/agent-cache\` with \`getFacebookAgent\`. One that has another name is given with
\`--cache-module\`, or with \`cacheModule\` in agent-cache.config.json.`,
    shown: 'test/codemods/tree.test.ts',
  },
  'cache-not-exported': {
    text: 'The package {package} has the cache module and does not export it.',
    hint: 'Export {name} there, then run the codemod again.',
    recipe: `The file belongs to another package of the workspace, which can import only what that package exports. Re-export
the function from its index, or add the cache module to \`exports\` of its package.json.`,
    shown: 'test/codemods/import-of-the-cache.test.ts',
  },
  'cache-lacks-export': {
    text: 'The cache module {module} exports no {name}.',
    hint: 'Export it by that name, or name with {flag} what is there {what}.',
    recipe: `The codemod writes imports of that name, which would be undefined. Export such a function from the cache module, or
say how yours is called.`,
    shown: 'test/codemods/cache-exports.test.ts',
  },
});
