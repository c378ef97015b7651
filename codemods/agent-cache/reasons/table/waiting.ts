import { entries } from './entries.ts';

const MAKE_ASYNC = `Write \`async\` before the function and \`await\` before each of its calls, up to a function that is async already. The
codemod does the rest in its next run.`;

/** The function around the agent would have to become async, and not everybody who calls it waits. */
export const WAITING = entries({
  returned: {
    text: 'The agent is returned from a function that is not async, and its callers use it at once.',
    hint: 'Make the function async, and await it at its callers.',
    recipe: `The function hands out agents, and the codemod cannot see or change all that receive one. ${MAKE_ASYNC}`,
    shown: 'left/factories',
  },
  'returned-with-work': {
    text: 'The function returns the agent and does more than build it{, on line 1}.',
    hint: 'Move that to its callers, so that the function only builds the agent, then run the codemod again.',
    recipe: `A function that only builds the agent is replaced by the cache as a whole. What it does beside that would be done
once in an hour instead of at each call, so it has to stand elsewhere: where the function is called, or in the cache
module if once is what you want.`,
    shown: 'left/factories',
  },
  'returned-from-async': {
    text: 'The function returns the agent and does more than build it{, on line 1}.',
    hint: 'Await the cached agent in it, if its callers never treat the agent as their own.',
    recipe: `Look at the callers: none may change, close, keep or compare the agent. Then write \`await getFacebookAgent()\` in place
of the construction; what the function does beside that stays.`,
    shown: 'left/factories',
  },
  'member-used-elsewhere': {
    text: 'The agent is returned from a member that is not async, and{ on line 1} its name stands where that cannot be changed for sure.',
    hint: 'Make the member async, and await it wherever it is called.',
    recipe: `At the line that the message names, something uses the member, or one of the same name, in a way that cannot be
followed: by a computed name, as a value, through an interface. If it is this member, make it async and await it there;
if it is another one, rename one of the two.`,
    shown: 'exports of CommonJS that go where nobody follows',
  },
  'odd-signature': {
    text: 'The function has overloads or narrows a type, so it cannot become async.',
    hint: 'Rewrite its signature by hand, then await the cached agent in it.',
    recipe: `Each overload has to return a promise, and a type predicate cannot be one at all. Write the new signatures, make the
function async, and await its calls.`,
    shown: 'functions that are not handlers of ours',
  },
  'type-allows-no-promise': {
    text: 'The function is not async, and the type that it is declared with allows no promise.',
    hint: 'Let the type give void or a promise, then run the codemod again.',
    recipe: `Change the type to \`() => void | Promise<void>\`, and see to it that whoever calls such functions awaits them.`,
    shown: 'left/built-in-odd-places',
  },
  'callback-of-method': {
    text: 'The agent is built in a callback of {method} that nothing waits for.',
    hint: 'Use a loop, or Promise.all with an async callback, or get the agent before.',
    recipe: `Get the agent before the list is walked:

\`\`\`ts
// before
ids.forEach((id) => new FacebookAdsAgent().pause(id));
// after
const agent = await getFacebookAgent();
for (const id of ids) await agent.pause(id);
\`\`\``,
    shown: 'left/built-in-odd-places',
  },
  'callback-unawaited': {
    text: 'The agent is built in a callback that nothing waits for.',
    hint: 'Use a loop, or Promise.all with an async callback, or get the agent before.',
    recipe: `What is given the callback does not wait for a promise. Get the agent before, and use it in the callback; or give
what calls it a way to wait.`,
    shown: 'left/waiting-that-nobody-does',
  },
  'synchronous-result': {
    text: 'The function is not async, and its result may be used at once.',
    hint: 'Make it async and await it at its callers, then run the codemod again.',
    recipe: MAKE_ASYNC,
    shown: 'left/built-in-odd-places',
  },
  'receiver-misses-failure': {
    text: 'The function is not async, and what it is given to{ on line 1} would not see it fail if it were.',
    hint: 'Let the wrapper return or catch the promise, or make the function async by hand.',
    recipe: `The wrapper calls the function in a \`try\` or for its value, and drops a promise. Let it return what the function
gives: \`(req, res, next) => Promise.resolve(handler(req, res, next)).catch(next)\`.`,
    shown: 'handlers in lists and helpers that go on without waiting',
  },
  'holder-may-not-wait': {
    text: 'The function is not async, and what has it{ from line 1} may call it without waiting.',
    hint: 'Await it where it is called and make it async, then run the codemod again.',
    recipe: `The function is put into a list, an object or a variable, and who calls it from there cannot be seen. Make it
async, and await it wherever that list or object is used.`,
    shown: 'handlers in lists and helpers that go on without waiting',
  },
  'called-without-waiting': {
    text: 'The function is not async, and a call of it{ (line 1)} goes on without waiting.',
    hint: 'Make it async and await it at its callers, then run the codemod again.',
    recipe: `Something calls the handler by hand, beside Express. Await that call, make the function around it async, and run the
codemod again.`,
    shown: 'promises of Express 4 handlers that nobody looks at',
  },
  'registration-unseen': {
    text: 'The function is not async, and no file is seen to register it, so whoever calls it may not wait.',
    hint: 'Make it async if its callers wait for it, then run the codemod again.',
    recipe: `The function looks like a handler, but nothing in the tree gives it to a router that can be seen: it is registered by
a list of names, a framework, or a file that was left out. If that waits for promises, as Express 5 does, make it async.`,
    shown: 'handlers of CommonJS that barrels and folders give to what goes on without waiting',
  },
  'attached-not-awaited': {
    text: 'The function attaches the agent, and a call of it{ (line 1)} goes on without waiting.',
    hint: 'Await the function there, then run the codemod again.',
    recipe: `An async function runs at once up to its first \`await\`; today the agent is attached by then, later it would not be.
Await the call, and whatever reads the agent comes after it.`,
    shown: 'handlers in lists and helpers that go on without waiting',
  },
});
