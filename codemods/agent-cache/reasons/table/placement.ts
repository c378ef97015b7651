import { entries } from './entries.ts';

const INTO_METHODS = `Let the methods get the agent when they use it:

\`\`\`ts
// before
agent = new FacebookAdsAgent();
list() { return this.agent.getCampaigns(); }
// after
async list() {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}
\`\`\`

Where many methods use it, one private \`agent()\` that returns \`getFacebookAgent()\` keeps that short.`;

/** The agent is built where no \`await\` can stand. */
export const PLACEMENT = entries({
  'kept-from-load': {
    text: 'The agent is built when the module loads and is kept for the whole process.',
    hint: 'Await the cached agent inside the functions that use it.',
    recipe: `A module's own agent is never replaced: not when its token is refreshed, not when it fails. Remove the variable,
and get the agent in each function that uses it:

\`\`\`ts
// before
const agent = new FacebookAdsAgent();
export const list = () => agent.getCampaigns();
// after
export const list = async () => (await getFacebookAgent()).getCampaigns();
\`\`\``,
    shown: 'left/built-in-odd-places',
  },
  'used-at-load': {
    text: 'The agent is built and used when the module loads, once, where no request waits for it.',
    hint: 'Await the cached agent there by hand, if the module loads beside others that use it.',
    recipe: `An \`await\` at the top of a module makes everything that imports it wait, and a failure stops the process. If that is
what you want, write \`(await getFacebookAgent()).…\` there; otherwise move the call into a function that the start calls.`,
    shown: 'left/waiting-that-nobody-does',
  },
  'in-decorator': {
    text: 'The agent is built in a decorator, which cannot await.',
    hint: 'Await the cached agent where it is used.',
    recipe: `Give the decorator nothing, or a function that gets the agent: \`@WithAgent(() => getFacebookAgent())\`, and await that
where the decorated member runs.`,
    shown: 'left/waiting-that-nobody-does',
  },
  'in-class-field': {
    text: 'The agent is built in a class field, which cannot await.',
    hint: 'Await the cached agent in the methods that use it.',
    recipe: INTO_METHODS,
    shown: 'left/built-in-odd-places',
  },
  'in-static-block': {
    text: 'The agent is built in a static block, which cannot await.',
    hint: 'Await the cached agent in the methods that use it.',
    recipe: `A static block runs when the class is declared, once for the process. Get the agent in the methods that use it,
as for a class field.`,
    shown: 'test/codemods/equal-arguments.test.ts',
  },
  'in-constructor': {
    text: 'The agent is built in a constructor, which cannot await.',
    hint: 'Await the cached agent in the methods that use it.',
    recipe: INTO_METHODS,
    shown: 'left/built-in-odd-places',
  },
  'in-accessor': {
    text: 'The agent is built in an accessor, which cannot await.',
    hint: 'Await the cached agent in an async method instead.',
    recipe: `Turn the getter into an async method, and await it at its callers: \`get agent()\` becomes \`async agent()\`, and
\`this.agent.getCampaigns()\` becomes \`(await this.agent()).getCampaigns()\`.`,
    shown: 'left/built-in-odd-places',
  },
  'in-default-parameter': {
    text: 'The agent is built in a default parameter, which cannot await.',
    hint: 'Await the cached agent in the body, when the argument is missing.',
    recipe: `Take the default into an async body:

\`\`\`ts
// before
async function list(agent = new FacebookAdsAgent()) { … }
// after
async function list(given?: FacebookAdsAgent) {
  const agent = given ?? (await getFacebookAgent());
  …
}
\`\`\``,
    shown: 'left/built-in-odd-places',
  },
  'in-generator': {
    text: 'The agent is built in a generator, which cannot await.',
    hint: 'Await the cached agent before it, and pass it in.',
    recipe: 'Give the generator a parameter for the agent, and call it with `await getFacebookAgent()`.',
    shown: 'left/built-in-odd-places',
  },
});
