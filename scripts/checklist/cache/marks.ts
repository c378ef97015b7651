/** What is put off. */
export interface Later {
  isSure: boolean;
  call: () => unknown;
  isCancelled?: boolean;
  /** Whether it runs again and again. */
  repeats?: boolean;
}

/** What a run decided up to where it stands. */
export interface Decided {
  asked: number;
  path: string;
  parts: number;
  choices: number;
  callerChoices: number;
}

/** Where a run stood. */
export interface Mark extends Decided {
  decisions: readonly boolean[];
  /** How many decisions there were. */
  told: number;
  hasSamples: boolean;
  isUnclear: boolean;
  isByChance: boolean;
  blindCalls: number;
  givenAway: number;
  since: number;
  answers: ReadonlyMap<string, boolean>;
  changes: number;
  births: number;
  ids: number;
  later: readonly Later[];
  made: number;
}
