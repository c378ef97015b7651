import type { Migration, Plan, Site } from '../../migration.ts';
import { keyedGetter } from '../../options.ts';
import { nounOf } from '../../source/client-noun.ts';

/** How a place is rewired, in the words of the code that is written there, for reports. */
export function planInWords(
  { keyed = false }: Site,
  plan: Exclude<Plan, { form: 'manual' }>,
  { options, isTask }: Migration,
): string {
  const getter = isTask
    ? `${options.provider}({ cacheTtl: ${options.taskTtl} }).getAgent()`
    : `${options.factory}()`;
  const acquired = keyed ? `${keyedGetter(options)}(…)` : getter;
  switch (plan.form) {
    case 'promise':
      return acquired;
    case 'await':
      return `await ${acquired}`;
    case 'move': {
      const lines = plan.before.map(({ node }) => node.loc?.start.line ?? 1);
      return `await ${acquired}, before line ${lines.join(' and ')}`;
    }
    case 'chain': {
      const noun = nounOf(options.agentClass);
      return plan.calls.length > 0 ? `${acquired}.then((${noun}) => …)` : `await ${acquired}, at each call`;
    }
    case 'guard':
      return `await ${acquired}, in a try with the catch of its factory`;
  }
}
