import { entries } from './entries.ts';

const BY_HAND =
  'Await the cached agent in it by hand, and await it at its callers, right before they use the agent.';
const RECIPE = `The function builds something around an agent: a service, a request, an object. Make it async, write
\`await getFacebookAgent()\` in it, and \`await\` its calls.`;

/** A function returns something that has the agent in it: whoever calls it would have to await that. */
export const WRAPPERS = entries({
  'wrapper-in-callback': {
    text: 'The function returns something that has the agent in it, and its caller{ on line 1} is a callback that gives it on to what does not await it.',
    hint: BY_HAND,
    recipe: `${RECIPE} The caller that the message names gives it on from a callback: get it before, and give on what it gave.`,
    shown: 'left/builders-whose-callers-hand-on',
  },
  'wrapper-used-early': {
    text: 'The function returns something that has the agent in it, and its caller{ on line 1} can end, answer or fail before it first uses the agent.',
    hint: BY_HAND,
    recipe: `${RECIPE} In the caller that the message names, move the call behind what can answer without an agent.`,
    shown: 'builders whose callers cannot follow',
  },
  'wrapper-among-promises': {
    text: 'The function returns something that has the agent in it, and its caller{ on line 1} starts several promises at once.',
    hint: BY_HAND,
    recipe: `${RECIPE} In the caller that the message names, get it before the promises are started.`,
    shown: 'builders whose callers cannot follow',
  },
  'wrapper-kept': {
    text: 'The function returns something that has the agent in it, and its caller{ on line 1} keeps it for the whole process.',
    hint: 'Build it for each request, or await the cached agent where it is used.',
    recipe: `What is built once and kept holds its agent for good. Build it in each request, which costs nothing once the agent
is shared; or let it hold \`getFacebookAgent\` and await that in its methods.`,
    shown: 'builders whose callers cannot follow',
  },
  'wrapper-given-on': {
    text: 'The function returns something that has the agent in it, and its caller{ on line 1} gives it on to callers of its own.',
    hint: BY_HAND,
    recipe: `${RECIPE} The caller that the message names has to become async too, and its callers with it.`,
    shown: 'left/builders-whose-callers-hand-on',
  },
  'wrapper-in-sync': {
    text: 'The function returns something that has the agent in it, and its caller{ on line 1} is not async, and cannot become so.',
    hint: BY_HAND,
    recipe: `${RECIPE} See why the caller that the message names cannot be async: its own result is used at once, its type allows
no promise, or it is a constructor.`,
    shown: 'builders whose callers cannot follow',
  },
  'wrapper-not-awaited': {
    text: 'The function returns something that has the agent in it, and its caller{ on line 1} does not await it.',
    hint: BY_HAND,
    recipe: `The function is async already, and the caller that the message names treats its promise as something else. Await it
there first.`,
    shown: 'left/builders-whose-callers-hand-on',
  },
  'wrapper-works-after': {
    text: 'The function returns something that has the agent in it, and what it does{ on line 1} after getting that can fail or be seen before the agent is used.',
    hint: 'Move that above the agent, then run the codemod again, or await the cached agent in it by hand.',
    recipe: `What stands behind the agent would run after it connected, or not at all while none can be had. Move it above the
line that builds the agent, if it does not need it.`,
    shown: 'builders whose callers cannot follow',
  },
  'wrapper-callers-unknown': {
    text: 'The function returns something that has the agent in it, and not every caller of it can be found{ (line 1)}.',
    hint: 'Await the cached agent in it by hand, if its callers await it and never treat the agent as their own.',
    recipe: `${RECIPE} At the line that the message names it is used in a way that cannot be followed: search for its name.`,
    shown: 'left/more-owners',
  },
  'given-to-unknown-callers': {
    text: 'The function gives its agent, or what has it, to its callers, and not every one of them can be found{ (line 1)}.',
    hint: 'Await the cached agent in it by hand, if no caller treats the agent as its own.',
    recipe: `Nothing has to wait, but a caller that closes the agent or sets something on it would do so for everybody. At the line
that the message names the function is used in a way that cannot be followed, such as its registration in a container: see who calls it from there. Where nobody owns the agent, call the getter in the function.`,
    shown: 'test/codemods/given-to-callers.test.ts',
  },
  'wrapper-used-in-left-file': {
    text: 'The function returns something that has the agent in it, and is also used in {file}, which stays as it is.',
    hint: 'Make the function async by hand and await it there too, then run the codemod again.',
    recipe: `The file is a test, or stands outside of the paths of this run. ${RECIPE}`,
    shown: 'builders that other files call where they cannot await',
  },
});
