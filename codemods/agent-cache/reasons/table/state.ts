import { entries, KEEP_OWN } from './entries.ts';

/** What calls and constructors of the agent's class leave in it, or may: others would meet that in a shared one. */
export const STATE = entries({
  'agent-keeps-answer': {
    text: '{method}{, called on line 1,} keeps in {name} what it got for what it is given{, on line 2 of file 2}, and every other user of the agent may meet it.',
    hint: `Keep it where its own caller alone meets it, unless it says nothing of that one. {assume} ${KEEP_OWN}`,
    recipe: `Give back what was got, and let the caller keep it. Where it is the same for everybody (a limit that was
read from headers), say so in the configuration.`,
    shown: 'test/codemods/state-reasons.test.ts',
  },
  'agent-gives-unseen': {
    text: '{method}{, called on line 1,} gives what it is given to {name}{, on line 2 of file 2}, which cannot be read and may keep it for every other user of the agent.',
    hint: `Use its result where it is a read. {assume} ${KEEP_OWN}`,
    recipe: `Look at what the called code does with its argument. Where it sends or writes it, say so in the configuration;
where it keeps it, pass the value with each call instead.`,
    shown: 'test/codemods/state-reasons.test.ts',
  },
  'agent-unread': {
    text: 'What {method}{, called on line 1,} leaves in the agent is not known: its class{ (line 2 of file 2)} takes more steps to read than are taken.',
    hint: `{assume} ${KEEP_OWN}`,
    recipe: `The codemod runs a class on values of which it knows the origin alone, and stops where that takes too long: calls
that are nested deeper than 40, or three million expressions. Look at what the method keeps for later calls; where
that is nothing of its caller's, say so in the configuration, or in a comment above the class.`,
    shown: 'test/codemods/state-reasons.test.ts',
  },
  'agent-reads-others': {
    text: '{method}{, called on line 1,} reads{ on line 3 of file 3} what other calls of the agent write ({name}{, line 2 of file 2}), so it would show those of every other user.',
    hint: `Have those calls give back what is read. {assume} ${KEEP_OWN}`,
    recipe: `Return what a call has to tell beside its result, and take it from there.`,
    shown: 'agents that are cursors or builders',
  },
  'agent-made-alike': {
    text: '{name} is made new with each agent{ and used on line 1}, and all requests would share one.',
    hint: `Make it where it is used: a time, an identity or a random value of a request. {assume} ${KEEP_OWN}`,
    recipe: `An identity, a time or a signal that a constructor makes belongs to the request that built the agent. Make it at
the start of the method, or give it to the method as an argument.`,
    shown: 'test/codemods/made-with-each-agent.test.ts',
  },
  'agent-is-cursor': {
    text: '{method}{, called on line 1,} changes the agent ({name}{, line 2 of file 2}) and reads it again{ (line 3 of file 3)}, and other users would change it in between.',
    hint: `Keep what changes in a variable of the call. {assume} ${KEEP_OWN}`,
    recipe: `Give the position, the account or the filter to the method, or let it give back an object of its own that has
them. Only what is set once, and from nothing of the request, can stay in the agent.`,
    shown: 'agents that are cursors or builders',
  },
  'call-may-keep': {
    text: '{method}{, called on line 1,} is given something of the request and nobody uses its result, so it may keep that in the agent, for every other user of it; its source says nothing.',
    hint: `Pass it to the calls that need it. {assume} ${KEEP_OWN}`,
    recipe: `Read what the method does. Where it keeps what it is given (a token, an account), pass that to the calls that
need it; where it does not, say so in the configuration.`,
    shown: 'test/codemods/package-classes.test.ts',
  },
  'method-unnamed': {
    text: 'A method of the agent is called{ on line 1} by a name that nothing tells, and it may be one that changes the agent for every other user of it.',
    hint: `Call the methods by their names. ${KEEP_OWN}`,
    recipe: `Write the calls out, or choose among constants:

\`\`\`ts
const load = kind === 'all' ? 'getCampaigns' : 'getAccounts';
await agent[load]();
\`\`\``,
    shown: 'test/codemods/unnamed-calls.test.ts',
  },
  'agent-piped': {
    text: 'The agent is piped{ on line 1}, and a stream can be used once.',
    hint: `Build one where it is used. ${KEEP_OWN}`,
    recipe: `Keep the place as it is: a stream is of one request.`,
    shown: 'test/codemods/state-reasons.test.ts',
  },
  'class-used-once': {
    text: '{agentClass} extends {what}, which can be used once.',
    hint: `Build one where it is used. ${KEEP_OWN}`,
    recipe: `Keep the places as they are, and exclude or accept the files.`,
    shown: 'agents that can be used once, or are closed by a loop',
  },
  'constructor-reads-request': {
    text: 'The constructor of {agentClass} reads what may differ by request ({what}{, line 1 of file 1}).',
    hint: `Read it in the methods that need it. {assume} ${KEEP_OWN}`,
    recipe: `What the constructor reads is read once for all requests when the agent is shared. Read it at the start of each
method, or give it to the method as an argument.`,
    shown: 'a constructor that reads what differs by request',
  },
});
