import { ARGUMENTS } from './table/arguments.ts';
import { EXPRESS } from './table/express.ts';
import { FACTORIES } from './table/factories.ts';
import { FAILURES } from './table/failures.ts';
import { OWN_AGENT } from './table/own-agent.ts';
import { PASSED_FACTORIES } from './table/passed-factories.ts';
import { PLACEMENT } from './table/placement.ts';
import { REACH } from './table/reach.ts';
import { RUN } from './table/run.ts';
import { STATE } from './table/state.ts';
import { WAITING } from './table/waiting.ts';
import { WRAPPERS } from './table/wrappers.ts';

/** Every reason by topic, as the page shows them. */
export const TOPICS = {
  'The agent is treated as its own': OWN_AGENT,
  'Its calls leave something in it': STATE,
  'It is built with arguments': ARGUMENTS,
  'It is built where nothing can await': PLACEMENT,
  'Not everybody would wait': WAITING,
  'Express would not wait': EXPRESS,
  'Failures or their order would change': FAILURES,
  'A function returns something with the agent in it': WRAPPERS,
  'A factory has to stay': FACTORIES,
  'A factory is passed on': PASSED_FACTORIES,
  'The class or the cache cannot be reached': REACH,
  'The run met something': RUN,
} as const;

/** Every reason by its id. */
export const REASONS = {
  ...OWN_AGENT,
  ...STATE,
  ...ARGUMENTS,
  ...PLACEMENT,
  ...WAITING,
  ...EXPRESS,
  ...FAILURES,
  ...WRAPPERS,
  ...FACTORIES,
  ...PASSED_FACTORIES,
  ...REACH,
  ...RUN,
} as const;
