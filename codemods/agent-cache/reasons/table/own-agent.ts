import { entries, KEEP_OWN } from './entries.ts';

/** The code treats the agent as its own: what it does to it would reach every other user of a shared one. */
export const OWN_AGENT = entries({
  'agent-changed': {
    text: 'The agent is changed{ on line 1}, which would change it for every other user of it.',
    hint: `Pass what changes as an argument of the call. ${KEEP_OWN}`,
    recipe: `Give what differs by request to the method that needs it, and drop the assignment:

\`\`\`ts
// before
agent.accountId = req.params.account;
res.json(await agent.getCampaigns());
// after
res.json(await agent.getCampaigns({ accountId: req.params.account }));
\`\`\`

What is the same for every request belongs into the cache module, where the agent is built.`,
    shown: 'left/given-to-callers-that-change-it',
  },
  'agent-changed-by-method': {
    text: '{method}{, called on line 1,} changes the agent{, on line 2 of file 2}, which would change it for every other user of it.',
    hint: `Pass what changes as an argument of the calls that need it. ${KEEP_OWN}`,
    recipe: `Look at the line of the class that the message names. If the method only remembers something of the agent's
own, that could be worked out again by any other caller (a connection, a list of accounts), let the class do so by
itself and drop the call. Otherwise let the methods that need the value take it as a parameter.`,
    shown: 'test/codemods/tree.test.ts',
  },
  'agent-keeps-argument': {
    text: '{method}{, called on line 1,} keeps what it is given{, on line 2 of file 2}, so every other user of the agent would meet it.',
    hint: `Where all of them may share that, keep it in a variable beside the class, otherwise pass it to the calls that need it. ${KEEP_OWN}`,
    recipe: `This is how the token of one user gets into the request of another. Let the methods take the value each time:

\`\`\`ts
// before
agent.setToken(req.token);
res.json(await agent.getCampaigns());
// after
res.json(await agent.getCampaigns({ token: req.token }));
\`\`\`

Where a request cannot do without an agent of its own, keep it, and exclude or accept the file.`,
    shown: 'left/more-owners',
  },
  'agent-state-read': {
    text: "The agent's {name} is read{ on line 1}, and its own calls write it{ (line 2 of file 2)}, so it would show those of every other user.",
    hint: `Have the call give back what is read. ${KEEP_OWN}`,
    recipe: `Return the value from the call that makes it, beside its result, instead of reading it from the agent:

\`\`\`ts
// before
const campaigns = await agent.getCampaigns();
res.json({ campaigns, cost: agent.lastCost });
// after
const { campaigns, cost } = await agent.getCampaignsWithCost();
res.json({ campaigns, cost });
\`\`\``,
    shown: 'exports of CommonJS that go where nobody follows',
  },
  'agent-closed': {
    text: 'The agent is closed{ on line 1}, which would close it for every other user of it.',
    hint: `Leave the closing to the cache. ${KEEP_OWN}`,
    recipe: `A shared agent lives as long as its entry in the cache. Remove the call of \`close\`, \`destroy\` or the \`using\`, and
run the codemod again. Close it where the process ends, once.`,
    shown: 'left/treated-as-its-own',
  },
  'agent-kept': {
    text: 'The agent is kept beyond the call{ on line 1}, so it would outlive its place in the cache.',
    hint: 'Await the cached agent at each use instead of keeping one.',
    recipe: `What is kept in a variable, a field or a list is never replaced when the cache replaces its agent. Keep the way
to the agent instead of the agent:

\`\`\`ts
// before
this.agent = new FacebookAdsAgent();
// after
const agent = await getFacebookAgent(); // in each method that uses it
\`\`\``,
    shown: 'left/built-in-odd-places',
  },
  'kept-and-used': {
    text: 'The agent is kept for all calls, and what keeps it is read or set{ on line 1} as well.',
    hint: 'Let all of its code ask the function for the agent, or await the cached one there, and run the codemod again.',
    recipe: `A function that builds a client once and keeps it becomes the cache's own getter where nothing else touches what it
keeps. Code that does (a reset for tests, a \`close\` at the end, a header that is set) means that very client:

\`\`\`ts
// before
let agent: FacebookAdsAgent | undefined;
export const get = () => (agent ??= new FacebookAdsAgent());
export const reset = () => { agent = undefined; };
// after
export const reset = () => getCachedAgentProvider().invalidateCache();
\`\`\``,
    shown: 'agents that are kept for all calls, and used beside that',
  },
  'kept-in-open-field': {
    text: 'The agent is kept for all calls in the field `{name}`{ on line 1}, which other code may read or set.',
    hint: 'Where nothing else uses it, declare it as `#{name}`, which only its own class can get at, and run the codemod again.',
    recipe: `\`private\` of TypeScript holds for what is checked: \`service['agent']\`, a cast, a spy of a test and all JavaScript get at
the field. A name with \`#\` is the language's own: who keeps an agent in it is seen to be the only one.

\`\`\`ts
// before
private agent?: FacebookAdsAgent;
get() { return (this.agent ??= new FacebookAdsAgent()); }
// after
#agent?: FacebookAdsAgent;
get() { return (this.#agent ??= new FacebookAdsAgent()); }
\`\`\``,
    shown: 'agents that are kept for all calls, and used beside that',
  },
  'agent-thrown': {
    text: 'The agent, or what holds it, is thrown or handed on as a failure{ on line 1}, and who catches it may do anything with it.',
    hint: `Throw what the failure is about, without the agent. ${KEEP_OWN}`,
    recipe: `An error that carries the agent reaches whoever catches it: a handler of errors, a log, code that closes what failed.
Give the error what it has to tell (the account's id, the status), and catch it where the agent is:

\`\`\`ts
// before
throw new LoadError(agent);
// after
throw new LoadError(agent.accountId);
\`\`\``,
    shown: 'agents that are thrown, or told to listeners',
  },
  'agent-compared': {
    text: 'The agent is told from another one{ on line 1}, and all would be the same.',
    hint: `Compare what the agents stand for instead. ${KEEP_OWN}`,
    recipe: `Two agents of the cache are one object, so \`===\`, a key of a Map and an entry of a Set tell nothing apart any
more. Use what the agent stands for: the account's id, the request's id, a counter.`,
    shown: 'agents that are changed by what they are given to',
  },
});
