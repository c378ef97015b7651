import { entries } from './entries.ts';

/** The failure to get an agent would be met by somebody else, or the order of what is done would be another. */
export const FAILURES = entries({
  'failure-escapes': {
    text: "A failure of the agent's first call is handled{ on line 1}, and the acquisition would escape that.",
    hint: 'Get the agent where its calls are handled, then run the codemod again.',
    recipe: `The agent connects at its first call today, and later where it is awaited. Declare it inside of the \`try\`, or of the
callback whose \`.catch\` handles that call:

\`\`\`ts
// before
const agent = new FacebookAdsAgent();
try { await agent.getCampaigns(); } catch { … }
// after
try {
  const agent = new FacebookAdsAgent();
  await agent.getCampaigns();
} catch { … }
\`\`\``,
    shown: 'failures that whoever is given the agent handles',
  },
  'exit-before-agent': {
    text: 'The function can answer before it first uses the agent{ on line 1}, and would need one for that.',
    hint: 'Declare the agent where it is first needed, then run the codemod again.',
    recipe: `A request that is refused with 400 needs no agent, and must not become a 503 while none can be had. Move the
declaration behind the checks, right before the first call of the agent.`,
    shown: 'left/unsafe-to-take-out',
  },
  'argument-before-agent': {
    text: 'What a first call of the agent is given{ on line 1} may fail by itself, and the cached agent would have to be had before.',
    hint: 'Keep it in a constant above that call, then run the codemod again.',
    recipe: `Today it is evaluated before the agent connects, and a request that is refused there needs no agent:

\`\`\`ts
// before
const agent = new FacebookAdsAgent();
res.json(await agent.getCampaign(parseId(req.params.id)));
// after
const agent = new FacebookAdsAgent();
const id = parseId(req.params.id);
res.json(await agent.getCampaign(id));
\`\`\``,
    shown: 'code that fails in what the first call is given',
  },
  'asked-whether-got': {
    text: 'What the agent is put into is read{ on line 1} after a failure as well, and the agent would not be there where it cannot be had.',
    hint: 'Get the agent into a constant of the try, and keep what is read afterwards apart from it, then run the codemod again.',
    recipe: `Today the agent is there when its first call fails; later it connects while it is awaited, and a failure comes
before it is put anywhere. A \`catch\` that asks \`if (agent)\` would answer otherwise:

\`\`\`ts
// before
let agent;
try {
  agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
} catch (error) {
  res.status(agent ? 502 : 500).end();
}
// after
try {
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaigns());
} catch (error) {
  res.status(502).end();
}
\`\`\``,
    shown: 'failures after which code asks whether the agent was got',
  },
  'failure-unseen': {
    text: 'The agent is first used in a callback{ on line 1} that nothing waits for, and nobody would see its acquisition fail there.',
    hint: 'Handle the failure in the callback with a try or .catch, or use the agent before, then run the codemod again.',
    recipe: `A rejection that nobody handles ends the process. Give the callback a \`try\` whose \`catch\` logs or answers, or get the
agent before the callback is given away.`,
    shown: 'callbacks that nothing waits for',
  },
  'failure-deferred': {
    text: 'The function fails at once when the agent cannot be built; where the agent is first used{, on line 1}, nobody who called the function would see that.',
    hint: 'Make the function async and await the agent at its top, then await the function where it is called.',
    recipe: `A missing setting keeps the process from starting today. In a timer, a listener or a function that is given on it would
be logged again and again, and never stop anything. Let the function become async, and its callers await it.`,
    shown: 'failures at once of agents that are used later',
  },
  'failure-told-apart': {
    text: 'The code goes by what failed{ on line 1}: that is what the constructor throws, and would be what connecting throws as well, which is met elsewhere today.',
    hint: 'Ask for what failed where the agent is called, too, then run the codemod again.',
    recipe: `The agent connects at its first call today, and where it is awaited from then on: an error of the network reaches a
\`catch\` that was written for those of the constructor. Put the first call into the same \`try\`, or answer all errors alike.`,
    shown: 'test/codemods/failures-told-apart.test.ts',
  },
  'failure-told-elsewhere': {
    text: "What the constructor throws is told from other errors{ on line 1}; it would be met where the agent's calls are, which answers otherwise.",
    hint: 'Get the agent where its calls are handled, if that may answer for its constructor too, then run the codemod again.',
    recipe: `The constructor stands outside of the \`try\` that handles the agent's first call, so that its error reaches whoever
answers it by its kind: an error middleware that asks \`instanceof ConfigError\`, or Express by the \`status\` of the error. Move
the construction into the \`try\`, if the answer of that is good enough for it, or ask in its \`catch\` as well:

\`\`\`ts
try {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
} catch (error) {
  if (error instanceof ConfigError) throw error;
  res.status(502).end();
}
\`\`\``,
    shown: 'test/codemods/failures-told-elsewhere.test.ts',
  },
  'failure-met-otherwise': {
    text: 'The function throws at once when the agent cannot be built, and its caller{ on line 1} handles only a promise that is rejected.',
    hint: 'Make the function async where that failure may be handled there too, then run the codemod again.',
    recipe: `Today the error passes the caller's \`.catch(…)\` or \`Promise.allSettled\` by and reaches whoever is above; a promise of the
agent would be rejected into them, and another answer come of it. If that is as good, or better, make the function
\`async\` by hand: the codemod goes on from there.`,
    shown: 'failures at once that callers would handle as rejections',
  },
  'promise-pending': {
    text: 'The promise that is started{ on line 1} could fail before anybody handles it, while the agent is awaited.',
    hint: 'Get the agent before that promise is started, then run the codemod again.',
    recipe: `Between the start of a promise and its \`await\` stands the agent's, and a rejection in between ends the process. Get
the agent first, or start the promise in \`Promise.all\` beside what it belongs to.`,
    shown: 'left/waiting-that-nobody-does',
  },
  'check-parted': {
    text: 'What is checked{ on line 1} is set{ on line 2}, and two calls could pass the check while the agent is awaited in between.',
    hint: 'Get the agent before the check or after what is set, then run the codemod again.',
    recipe: `A lock, or a list of what runs, works because nothing else runs between its check and its setting. Move the agent
above the check, or below the line that sets it:

\`\`\`ts
if (running.has(id)) return res.status(409).end();
running.add(id);
const agent = await getFacebookAgent();
\`\`\``,
    shown: 'checks of shared state that the agent must not part',
  },
  'set-before-agent': {
    text: 'What is set{ on line 1} is read{ on line 2}, and another call could set it while the agent is awaited in between.',
    hint: 'Get the agent before it is set, or keep the value in a variable of the function, then run the codemod again.',
    recipe: `What all requests share is one request's own only as long as nothing is awaited. Give the agent's call the value
itself:

\`\`\`ts
// before
current = String(req.query.id);
const agent = new FacebookAdsAgent();
await agent.getCampaign(current);
// after
const id = String(req.query.id);
const agent = await getFacebookAgent();
await agent.getCampaign(id);
\`\`\``,
    shown: 'what one request sets for the call of its agent',
  },
  'argument-changes': {
    text: "What the agent's call is given changes{ on line 1}, and would be read too late behind the promise of the agent.",
    hint: 'Keep what it is given in a constant, or make the function async and await the agent there.',
    recipe: `Where calls are started together, each waits for the agent by itself, and reads its arguments only then. A variable
that goes on to change has its last value by that time: declare it in the loop (\`for (let i …\`, \`for (const id of ids)\`).`,
    shown: 'calls in loops that are given what changes',
  },
  'state-seen-early': {
    text: 'The function writes {state} behind the agent, and its caller, which does not wait for it, reads that{ on line 1}.',
    hint: 'Get the agent behind what the function writes, then run the codemod again.',
    recipe: `The caller reads the variable at once, when today's function has written it. Write it before the agent is built, or
await the call.`,
    shown: 'left/waiting-that-nobody-does',
  },
});
