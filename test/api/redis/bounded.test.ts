import { bounded, RedisTimeoutError } from '../../../api/src/redis/bounded.ts';

const never = new Promise<never>(() => undefined);

test('an answer that does not come is given up, saying after how long', async () => {
  const waiting = bounded(never, 10);
  await expect(waiting).rejects.toThrow(RedisTimeoutError);
  await expect(waiting).rejects.toThrow('No answer within 10 ms');
});

test('a failure is passed on', async () => {
  await expect(bounded(Promise.reject(new Error('refused')), 1000)).rejects.toThrow('refused');
});

test('a process that was held up longer than its patience still hears what comes right after', async () => {
  let answer: (value: string) => void = () => undefined;
  const waiting = bounded(
    new Promise<string>((resolve) => {
      answer = resolve;
    }),
    50,
  );
  const end = performance.now() + 100;
  while (performance.now() < end);
  // Later than one turn of the event loop, sooner than the ticks that are left.
  setImmediate(() => setTimeout(() => setTimeout(answer, 1, 'late'), 1));
  await expect(waiting).resolves.toBe('late');
});
