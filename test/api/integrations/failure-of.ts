import { ProblemError } from '../../../api/src/errors.ts';

/** The typed error that a call fails with. @throws when it does not fail, or with another error */
export async function failureOf(call: Promise<unknown>): Promise<ProblemError> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof ProblemError) return outcome;
  throw new Error('Expected a ProblemError', { cause: outcome });
}
