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
  'class-loaded-unseen': {
    text: 'A module is loaded by a name that is made when the code runs, and it may be that of {class}.',
    hint: 'Import the cache module there instead, and await its agent; or load by a path that cannot lead to the class.',
    recipe: `Nothing tells which module \`import(name)\` or \`require(name)\` gives. Write the path out, and the codemod follows it; or
let the code take its agent from the cache module.`,
    shown: 'ways to the class that no import shows',
  },
  'class-in-text': {
    text: 'Code that is run from a text names {class}, and may build one.',
    hint: 'Write that code as code, then run the codemod again.',
    recipe: `What \`eval\`, \`new Function\` and \`node:vm\` run is a text to every tool. Write it as a function of a file.`,
    shown: 'ways to the class that no import shows',
  },
  'class-of-unknown-origin': {
    text: '{class} is built here, and nothing shows where the class comes from.',
    hint: 'Import the class where it is built, then run the codemod again; or await the cached agent there.',
    recipe: `The class is a parameter, or a member of a value that is made when the code runs. Where it is a stand-in for tests, give
it another name; where it is the agent's class, take the agent from the cache module.`,
    shown: 'ways to the class that no import shows',
  },
  'class-builds': {
    text: '{builder} builds an agent.',
    hint: 'Await the cached agent there; what the builder is given belongs into the cache module.',
    recipe: `The class, or its module, has a builder of its own. Let the cache module call it, once, and write the getter of the
cache in the place of each call here:

\`\`\`ts
// before
const agent = FacebookAdsAgent.init();
// after
const agent = await getFacebookAgent();
\`\`\``,
    shown: 'builders of the class and of its module',
  },
  'class-builds-with-work': {
    text: '{builder} builds an agent, and does more.',
    hint: 'Await the cached agent there by hand, if what the builder does beside that is not needed each time.',
    recipe: `The builder decides, reads or calls something before it gives an agent, or gives none. Look at it: what is the same for
every request belongs into the cache module; what follows from the request (a shop, a tenant) wants an entry of the
cache for each.`,
    shown: 'builders of the class and of its module',
  },
  'class-sets-default': {
    text: '{builder} builds an agent, and its result is dropped: it sets a default for the whole process.',
    hint: 'Call it once at start, and not in each request.',
    recipe: `Such a call changes what every later call of the package uses. With the token of a request that is another user's by
the time it is used: build an agent for each token instead, and pass it on. With settings of the process: call it where
the process starts.`,
    shown: 'builders of the class and of its module',
  },
  'subclass-built': {
    text: '{subclass} extends {class}, and each new one is an agent of its own.',
    hint: 'Await the cached agent there if it can do what the subclass does, or give the subclass a cache of its own.',
    recipe: `The shared agent is one of the class, and none of the subclass. Where the subclass adds methods only, move them beside
the class as functions that take an agent. Where it connects in another way, run the codemod for it with
\`--agent-class\` and a cache module of its own. A stand-in for tests belongs beside the tests.`,
    shown: 'untouched/subclass',
  },
  'class-unresolved': {
    text: '{class} is imported from a module that nothing in the tree resolves, so it may be another class.',
    hint: 'Declare the alias in tsconfig.json, or the package in package.json, then run the codemod again.',
    recipe: `Add the alias to \`compilerOptions.paths\`, or to \`imports\` of package.json, where TypeScript and Node.js find it too; or
name the module with \`--agent-module\`.`,
    shown: 'test/codemods/reasons.test.ts',
  },
  'agent-imported-late': {
    text: 'The module of {class} is imported inside of other code, when that runs, and not all that is done with it there is to build agents.',
    hint: 'Import the cache module there instead, and await its agent.',
    recipe: `What loads the module by its name and only builds agents is rewired; what gives the class on, takes the rest of the
module, or names it by a variable is yours:

\`\`\`ts
// before
const { FacebookAdsAgent } = await import(agents);
const agent = new FacebookAdsAgent();
// after
const { getFacebookAgent } = await import('../utils/agent-cache.js');
const agent = await getFacebookAgent();
\`\`\``,
    shown: 'left/dynamic-import',
  },
  'built-in-own-module': {
    text: 'The module of {class} builds one for a use of its own, and cannot import the cache, which imports it.',
    hint: 'Move the function to a module of its own, then run the codemod again.',
    recipe: `The cache module imports the class, so an import of the cache beside the class would close a circle. What builds
agents for others (\`static create()\`) may stay: its callers are the places that are rewired or told of.`,
    shown: 'test/codemods/statics-of-the-class.test.ts',
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
  'cache-package-unlisted': {
    text: 'The package {package} has the cache module, and the package.json of this file does not list it.',
    hint: 'Add {package} to its dependencies, or keep the cache in a package that is among them, then run the codemod again.',
    recipe: `The file belongs to another package of the workspace, which would import what nothing says it depends on: that fails
where each package has its own dependencies alone, and closes a circle where the other one depends on it.`,
    shown: 'test/codemods/import-of-the-cache.test.ts',
  },
  'cache-requires-file': {
    text: 'The cache module requires this file, through what it takes the class from: each of the two would be loaded before the other is there.',
    hint: 'Have the cache module take {class} from the file that declares it, then run the codemod again.',
    recipe: `Modules of CommonJS that require each other get what the other one has exported by then, which is nothing yet. A barrel
that requires the routes beside the class (\`module.exports = { FacebookAdsAgent, invoices }\`) is no place for the cache to
take the class from.`,
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
