/** Redis took too long. */
export class RedisTimeoutError extends Error {
  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds} ms`);
    this.name = 'RedisTimeoutError';
  }
}

const TICKS = 5;

/**
 * `promise`, for at most so many milliseconds of a process that runs. One that is held up, by work of its
 * own or for want of a processor, hears answers as late as the end of its patience: so time goes by in
 * ticks, of which a late one counts no more than another, and the last one lets what has arrived be read.
 * @throws {RedisTimeoutError}
 */
export async function bounded<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new RedisTimeoutError(milliseconds));
    const wait = (ticks: number) => {
      const next = ticks > 1 ? () => wait(ticks - 1) : () => setImmediate(() => setImmediate(giveUp));
      timer = setTimeout(next, milliseconds / TICKS);
    };
    wait(TICKS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
