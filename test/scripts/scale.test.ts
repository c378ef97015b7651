import { steadyState } from '../../scripts/bench/scale/arithmetic.ts';
import { type StartScenario, simulateStart } from '../../scripts/bench/scale/simulate-start.ts';

const SCENARIO: StartScenario = {
  processes: 1000,
  spread: 0,
  validation: 450,
  redisPerSecond: 100_000,
  timeout: 250,
  patience: 5000,
};
const half = () => 0.5;

describe('the simulated start of a fleet', () => {
  test('validates once while Redis keeps up', () => {
    const { validations, commands, lastReadyMs, worstCommandMs } = simulateStart(SCENARIO, half);
    expect(validations).toBe(1);
    // All ask at once, then every 25 ms and a queue of 10 ms until the session is there.
    expect(commands).toBeGreaterThan(10 * SCENARIO.processes);
    expect(worstCommandMs).toBeCloseTo(10);
    expect(lastReadyMs).toBeGreaterThan(450);
  });

  test('validates everywhere when the queue before Redis is longer than anybody waits', () => {
    const { validations } = simulateStart({ ...SCENARIO, redisPerSecond: 1000, timeout: 0.5 }, half);
    expect(validations).toBe(SCENARIO.processes);
  });

  test('goes on without the lock when patience ends before the validation does', () => {
    const { validations, lastReadyMs } = simulateStart({ ...SCENARIO, processes: 3, patience: 100 }, half);
    expect(validations).toBe(3);
    expect(lastReadyMs).toBeLessThan(450 + 100 + 60);
  });
});

test('the arithmetic of a quiet hour', () => {
  expect(steadyState(1000)).toEqual({
    processes: 1000,
    connections: 2000,
    idleCommandsPerSecond: 1033,
    publishBytes: 120_000,
    validationsAlone: 1250,
    validationsTogether: 2,
  });
});
