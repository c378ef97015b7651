import { createMemoryStores, MemoryRecordLog } from '../../../api/src/stores/memory-record-log.ts';

const at = (minute: number) => ({ at: new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString(), minute });
const minutes = (records: { minute: number }[]) => records.map(({ minute }) => minute);

async function filled(options: { recordsPerKey: number; keys: number }, entries: [string, number][]) {
  const log = new MemoryRecordLog<{ at: string; minute: number }>(options);
  for (const [key, minute] of entries) await log.append(key, at(minute));
  return log;
}

describe('MemoryRecordLog', () => {
  test('gives the newest first, of one key alone, at most as many as asked for', async () => {
    const log = await filled({ recordsPerKey: 9, keys: 9 }, [
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['a', 4],
    ]);
    expect(minutes(await log.latest('a', 2))).toEqual([4, 3]);
    expect(minutes(await log.latest('a', 99))).toEqual([4, 3, 1]);
    expect(await log.latest('a', 0)).toEqual([]);
    expect(await log.latest('nobody', 5)).toEqual([]);
  });

  test('lets the oldest record of a key go first', async () => {
    const log = await filled({ recordsPerKey: 2, keys: 9 }, [
      ['a', 1],
      ['a', 2],
      ['a', 3],
    ]);
    expect(minutes(await log.latest('a', 9))).toEqual([3, 2]);
  });

  test('lets the least recently written key go first', async () => {
    const log = await filled({ recordsPerKey: 9, keys: 2 }, [
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['c', 4],
    ]);
    expect(minutes(await log.latest('a', 9))).toEqual([3, 1]);
    expect(await log.latest('b', 9)).toEqual([]);
    expect(minutes(await log.latest('c', 9))).toEqual([4]);
  });

  test('removes what is older than a date from every key and says how much that was', async () => {
    const log = await filled({ recordsPerKey: 9, keys: 9 }, [
      ['a', 1],
      ['a', 5],
      ['b', 2],
      ['c', 7],
    ]);
    expect(await log.removeBefore(new Date(at(5).at))).toBe(2);
    expect(minutes(await log.latest('a', 9))).toEqual([5]);
    expect(await log.latest('b', 9)).toEqual([]);
    expect(await log.removeBefore(new Date(at(5).at))).toBe(0);
  });

  test("hands out lists that are the caller's own", async () => {
    const log = await filled({ recordsPerKey: 9, keys: 9 }, [['a', 1]]);
    (await log.latest('a', 9)).pop();
    expect(minutes(await log.latest('a', 9))).toEqual([1]);
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses a bound of %p', (bound) => {
    expect(() => new MemoryRecordLog({ recordsPerKey: bound, keys: 1 })).toThrow(RangeError);
    expect(() => new MemoryRecordLog({ recordsPerKey: 1, keys: bound })).toThrow(RangeError);
  });

  test("keeps each user's chat apart and the three stores apart", async () => {
    const stores = createMemoryStores();
    await stores.chat.append('user-1', { at: at(1).at, message: 'Oi', type: 'help' });
    expect(await stores.chat.latest('user-2', 5)).toEqual([]);
    expect(await stores.suggestions.latest('user-1', 5)).toEqual([]);
  });
});
