/** What the rules are made with, all in seconds: who compresses time changes these and nothing else. */
export interface RuleTimes {
  /** Over which rates and shares are taken: at least four times the scrape interval. */
  window: number;
  /** Over which what happens a few times an hour is looked at: creations, dead letters. */
  memory: number;
  /** How long something has to last that may pass by itself: more than `window`, so that one event is not enough. */
  patience: number;
  /** How long something has to last that should not be at all. */
  confirmation: number;
  /** A creation takes longer than this: it is slow. */
  slowCreation: number;
  /** How long before its end a credential is told of. */
  expiryNotice: number;
  /** How long after it was due a task has to have succeeded. */
  taskDelay: number;
}

export const RULE_TIMES: RuleTimes = {
  window: 300,
  memory: 7200,
  patience: 360,
  confirmation: 60,
  slowCreation: 2,
  expiryNotice: 7 * 86_400,
  taskDelay: 1800,
};

/** Under this name Prometheus scrapes the service and its workers. */
export const JOB = 'facebook-ads-api';
