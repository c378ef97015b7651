import type { AgentName } from './machine.ts';
import type { Run } from './run.ts';
import type { Thing, Value } from './values.ts';

/** What the agent's name stands for where its code is not seen: its class, or the function that builds it. */
export function unseenAgent(run: Run, { builtBy }: AgentName): Thing {
  return builtBy === 'function' ? agentBuilder(run) : run.thing('class', { agent: true });
}

/** A function that builds an agent at each call: what its code does is its own affair. */
export function agentBuilder(run: Run): Thing {
  return run.function((args) => madeAgent(run, run.thing('class', { agent: true }), args));
}

/** Another agent, which was given some values. */
export function madeAgent(run: Run, parent: Thing, args: readonly Value[]): Thing {
  const made = run.thing('object', { parent, agent: true });
  run.made.push(made.id);
  run.give(made, args);
  return made;
}

/** The static method of the agent's class that builds one, where that is what builds it. */
export function staticBuilder(
  owner: Thing,
  name: string,
  run: Run,
  { builtBy }: AgentName,
): Thing | undefined {
  const isBuilder = owner.is === 'class' && owner.agent && name === builtBy && builtBy !== 'function';
  return isBuilder ? agentBuilder(run) : undefined;
}
