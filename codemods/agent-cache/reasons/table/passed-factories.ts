import { entries } from './entries.ts';

/** A factory is given to other code as a value, which would get a promise from it. */
export const PASSED_FACTORIES = entries({
  'passed-unseen': {
    text: 'The factory is passed on as a value, and what receives it may not await the agent.',
    hint: 'Pass an async function if what receives it awaits that; where it wants the agent itself, only a getter that gives it at once (--sync) can help.',
    recipe: `Pass \`getFacebookAgent\` in place of the factory, and write \`await\` where the receiver calls it. A receiver of a package
that wants the agent itself cannot be given a promise: get the agent before, and pass \`() => agent\`.`,
    shown: 'left/factories',
  },
  'passed-unseen-async': {
    text: 'The factory is passed on as a value, and what receives it may not await the agent.',
    hint: 'Pass on a function that gives the cached agent by hand, if what receives it never treats the agent as its own.',
    recipe: `The factory is async, so its receiver waits already. Look whether it changes, closes, keeps or compares the agent; if
not, pass \`getFacebookAgent\`.`,
    shown: 'left/builders-whose-callers-hand-on',
  },
  'passed-awaited-early': {
    text: 'The factory is passed on, and what awaits its agent{ on line 1} can end, answer or fail before it first uses it.',
    hint: 'Call the factory there right before the agent is first used, then run the codemod again.',
    recipe: 'Move the call of the factory behind the checks of the function that receives it.',
    shown: 'imported factories given where they cannot follow',
  },
  'passed-not-awaited': {
    text: 'The factory is passed on as a value, and what receives it does not await the agent{ on line 1}.',
    hint: 'Await the agent there, then run the codemod again.',
    recipe: `Write \`await\` before the call that the message names, and make the function around it async. An \`await\` of an agent that
is no promise yet changes nothing.`,
    shown: 'an exported factory that other files pass on',
  },
  'passed-typed': {
    text: 'The factory is passed on as a value, and what receives it{, on line 1}, is declared to take no promise of the agent.',
    hint: 'Let the type of that parameter give a promise too, then run the codemod again.',
    recipe:
      'Declare the parameter as `() => FacebookAdsAgent | Promise<FacebookAdsAgent>`, and await what it gives.',
    shown: 'left/more-owners',
  },
  'passed-default-untyped': {
    text: 'The factory is the default of a parameter{ on line 1} that has no type of its own, and would take only promises then.',
    hint: 'Declare that parameter to take a function that gives the agent or a promise of it, then run the codemod again.',
    recipe: `The parameter's type is that of its default. Write it down, so that callers can still give a plain factory:
\`build: () => FacebookAdsAgent | Promise<FacebookAdsAgent> = createAgent\`.`,
    shown: 'imported factories given where they cannot follow',
  },
  'passed-given-on': {
    text: 'The factory is passed on as a value, and the agent is given on{ from line 1} to where nobody can see what is done with it.',
    hint: 'Pass on the cached agent by hand, if nothing treats it as its own.',
    recipe: `Follow the agent from the line that the message names. If nothing there changes, closes, keeps or compares it, pass
\`getFacebookAgent\` in place of the factory.`,
    shown: 'left/builders-whose-callers-hand-on',
  },
});
