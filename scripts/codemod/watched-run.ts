import type { Watch } from '../../codemods/agent-cache/migrate-tree.ts';
import { awaitInterruption } from './interruption.ts';
import { createProgress } from './progress.ts';

/** Milliseconds between two looks at signals and the line of progress. */
const BETWEEN = 50;

/** Ends a run over a tree that a person wished to stop. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** What a run over a tree shows of itself on a terminal, and how it is stopped. */
export interface WatchedRun {
  /** For the tree. @throws StoppedError once a person wished it */
  watch: Watch;
  /** Takes the line of progress away while something is printed, and puts it back. */
  printing<T>(print: () => Promise<T>): Promise<T>;
  readonly isStopped: boolean;
  end(): void;
}

/** Watches a run: `onStop` lets go of whatever waits for an answer. */
export function watchRun(onStop: () => void): WatchedRun {
  const progress = createProgress(process.stderr);
  const interruption = awaitInterruption(() => {
    progress.clear();
    process.stderr.write('\nStopping after this file. Ctrl-C again ends at once.\n');
    onStop();
  });
  let next = performance.now();
  let last: Parameters<typeof progress.update> | undefined;
  return {
    watch(...state) {
      last = state;
      if (performance.now() < next) return undefined;
      next = performance.now() + BETWEEN;
      progress.update(...state);
      return interruption.listen().then(() => {
        if (interruption.isAsked) throw new StoppedError('stopped');
      });
    },
    async printing(print) {
      progress.clear();
      const printed = await print();
      if (last !== undefined) progress.update(...last);
      return printed;
    },
    get isStopped() {
      return interruption.isAsked;
    },
    end() {
      progress.clear();
      interruption.release();
    },
  };
}
