import { expect, test } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { CachedProvider } from '../../../api/src/utils/cached-provider.ts';
import { invariantsHold } from './support/provider-model.ts';
import { depth } from '../../support/depth.ts';

test('any sequence of calls, failures, invalidations and clock jumps keeps the invariants', async () => {
  const outcome = await fc.check(invariantsHold(CachedProvider), { numRuns: depth(2000, 300) });
  expect(fc.defaultReportMessage(outcome)).toBeUndefined();
});
