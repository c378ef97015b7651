/** Times in milliseconds. */
export interface StartScenario {
  processes: number;
  /** The processes start evenly over so long. */
  spread: number;
  /** One validation at Graph takes so long. */
  validation: number;
  /** Commands that the one Redis of the sessions answers in a second. */
  redisPerSecond: number;
  /** A command that takes longer makes its process go on without Redis. */
  timeout: number;
  /** A process that has waited so long, more or less a quarter, goes on without the lock. */
  patience: number;
}

export interface StartOutcome {
  validations: number;
  /** Commands that Redis was sent. */
  commands: number;
  /** Until the last process had its agent, from the start of the first. */
  lastReadyMs: number;
  worstCommandMs: number;
}

const LOOK_AGAIN = { least: 10, most: 40 };

interface Waiting {
  since: number;
  patience: number;
}

/**
 * Plays a start of many processes, millisecond by millisecond: each asks Redis for the session, one
 * gets the lock and validates, the others look again until the session is there. Redis is one queue.
 */
export function simulateStart(scenario: StartScenario, random: () => number): StartOutcome {
  const { processes, spread, validation, timeout } = scenario;
  const msPerCommand = 1000 / scenario.redisPerSecond;
  const agenda: Waiting[][] = [];
  const plan = (at: number, process: Waiting) => {
    const slot = Math.ceil(at);
    agenda[slot] ??= [];
    agenda[slot].push(process);
  };
  for (let index = 0; index < processes; index += 1) {
    const since = (index * spread) / processes;
    plan(since, { since, patience: scenario.patience * (0.75 + random() / 2) });
  }

  const outcome: StartOutcome = { validations: 0, commands: 0, lastReadyMs: 0, worstCommandMs: 0 };
  let redisFreeAt = 0;
  let sessionAt = Number.POSITIVE_INFINITY;
  const ready = (at: number) => {
    outcome.lastReadyMs = Math.max(outcome.lastReadyMs, at);
  };
  for (let now = 0; now < agenda.length; now += 1) {
    for (const process of agenda[now] ?? []) {
      redisFreeAt = Math.max(now, redisFreeAt) + msPerCommand;
      const answeredAt = redisFreeAt;
      outcome.commands += 1;
      outcome.worstCommandMs = Math.max(outcome.worstCommandMs, answeredAt - now);
      const lost = answeredAt - now > timeout;
      const impatient = now - process.since > process.patience;
      const isFirst = sessionAt === Number.POSITIVE_INFINITY;
      if (!lost && answeredAt >= sessionAt) {
        ready(answeredAt);
      } else if (lost || impatient || isFirst) {
        outcome.validations += 1;
        const begunAt = lost ? now + timeout : answeredAt;
        if (isFirst && !lost) sessionAt = begunAt + validation;
        ready(begunAt + validation);
      } else {
        plan(answeredAt + LOOK_AGAIN.least + random() * (LOOK_AGAIN.most - LOOK_AGAIN.least), process);
      }
    }
    agenda[now] = [];
  }
  return outcome;
}
