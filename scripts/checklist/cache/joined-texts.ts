import type { Run } from './run.ts';
import { textOf, type Value } from './values.ts';

/** What does not tell where one text ends that callers give, and the next begins. */
export const RUN_TOGETHER = ['untold', 'texts with nothing between them'] as const;

/** How a text ends that is as long as any other of its kind, or ends with something that stands in the code. */
const ENDS_CLOSED = /(?:\.digest\([^()]*\)(?:\.slice\([^()]*\))?|[^"(]"|\.(?:update|concat)\("[^"]+"\))$/;
const BEGINS_CLOSED = /^(?:"[^"]|\((?:[^()]|\([^()]*\))*\)\.digest\([^()]*\)(?:\.slice\([^()]*\))?$)/;

/** Whether texts that callers give go over into each other where they are joined: `'1' + '23'` is `'12' + '3'`, too. */
export function runIntoEachOther(parts: readonly Value[], run: Run): boolean {
  const shown = parts.filter((each) => each.is !== 'primitive' || each.value !== '');
  return shown.some((each, at) => {
    const before = shown[at - 1];
    if (!before || !run.holdsSample(before) || !run.holdsSample(each)) return false;
    return !ENDS_CLOSED.test(textOf(before).replace(/(?:\+"")+$/, '')) && !BEGINS_CLOSED.test(textOf(each));
  });
}
