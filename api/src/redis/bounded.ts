/** Redis took too long. */
export class RedisTimeoutError extends Error {
  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds} ms`);
    this.name = 'RedisTimeoutError';
  }
}

/**
 * `promise`, for at most so many milliseconds. An event loop that was held up finds the timer due
 * before it reads what has long arrived, so the answer gets one more turn.
 * @throws {RedisTimeoutError}
 */
export async function bounded<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new RedisTimeoutError(milliseconds));
    timer = setTimeout(() => setImmediate(() => setImmediate(giveUp)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
