/** What came of one mistake. */
export interface MutantOutcome {
  name: string;
  /** Whether the tests fail on the source with this mistake in it. */
  killed: boolean;
  /** How many sequences of steps, or trees, that took. */
  runs: number;
}

/** What came of all mistakes of a set. */
export interface MutantRun {
  /** Whether the source without a mistake passes. */
  sound: boolean;
  mutants: MutantOutcome[];
}
