import { type SteadyState, steadyState } from './scale/arithmetic.ts';
import { type StartOutcome, type StartScenario, simulateStart } from './scale/simulate-start.ts';

const SIZES = [10, 1000, 100_000];
const REDIS_PER_SECOND = 100_000;
const DEFAULTS = { validation: 450, redisPerSecond: REDIS_PER_SECOND, timeout: 250, patience: 5000 };

interface Row extends StartOutcome {
  scenario: StartScenario;
}

/** How a fleet behaves on paper, and in a simulated start, at sizes that no test can run. */
export async function run({ json }: { json: boolean }): Promise<void> {
  const steady = SIZES.map(steadyState);
  const rows = SIZES.flatMap((processes) => [
    play({ ...DEFAULTS, processes, spread: 0 }),
    play({ ...DEFAULTS, processes, spread: 60_000 }),
  ]);
  if (json) console.log(JSON.stringify({ steady, starts: rows }, null, 2));
  else print(steady, rows);
}

function play(scenario: StartScenario): Row {
  return { scenario, ...simulateStart(scenario, seededRandom(1)) };
}

/** The same numbers on every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function print(steady: SteadyState[], rows: Row[]): void {
  console.log('A quiet hour, by arithmetic\n');
  console.table(steady);
  console.log(`A start, simulated (one Redis that answers ${REDIS_PER_SECOND} commands a second)\n`);
  console.table(
    rows.map(({ scenario, validations, commands, lastReadyMs, worstCommandMs }) => ({
      processes: scenario.processes,
      'started within (s)': scenario.spread / 1000,
      validations,
      commands,
      'last ready after (ms)': Math.round(lastReadyMs),
      'slowest command (ms)': Math.round(worstCommandMs * 100) / 100,
    })),
  );
}
