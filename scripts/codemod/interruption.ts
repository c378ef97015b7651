/** A person's wish to stop a run. */
export interface Interruption {
  /** Whether it was uttered. */
  readonly isAsked: boolean;
  /** Lets signals in, which wait while code runs; cheap enough for every file. */
  listen(): Promise<void>;
  /** Leaves signals to Node again. */
  release(): void;
}

/** The exit code of a run that was stopped by Ctrl-C, as shells tell it. */
export const INTERRUPTED = 130;

/**
 * Takes the first Ctrl-C, or request to terminate, as the wish to stop after the file at hand; a second one ends the
 * process at once.
 *
 * @param onAsked says so to the person
 */
export function awaitInterruption(onAsked: () => void): Interruption {
  let isAsked = false;
  const stop = () => {
    if (isAsked) process.exit(INTERRUPTED);
    isAsked = true;
    onAsked();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, stop);
  return {
    get isAsked() {
      return isAsked;
    },
    listen: () => new Promise((resolve) => setImmediate(resolve)),
    release() {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}
