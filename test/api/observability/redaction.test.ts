import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { redact, registerSecret } from '../../../api/src/observability/redaction.ts';
import { eventually } from '../../support/eventually.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Whether a value is masked where nothing but itself tells that it is a secret. */
const isMasked = (value: string) => !redact(`said ${value} aloud`).includes(value);

test('what only one knew is forgotten with it, and what others know is not', async () => {
  const other = {};
  registerSecret('of-all-not-real', other);
  registerSecret('of-the-process-not-real');
  knownForAMoment(['of-the-first-not-real', 'of-all-not-real'], ['of-the-process-not-real']);
  expect(isMasked('of-the-first-not-real')).toBe(true);
  await forgetting(() => !isMasked('of-the-first-not-real'));
  expect([isMasked('of-all-not-real'), isMasked('of-the-process-not-real')]).toEqual([true, true]);
  expect(other).toEqual({});
});

/** Registers secrets for objects that are gone on its return. */
function knownForAMoment(...known: string[][]): void {
  for (const secrets of known) {
    const holder = {};
    for (const secret of secrets) registerSecret(secret, holder);
  }
}

function forgetting(look: () => boolean): Promise<unknown> {
  return eventually('it is forgotten', () => {
    collectGarbage();
    return look();
  });
}
