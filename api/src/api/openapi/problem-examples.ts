import {
  AgentUnavailableError,
  GraphDeadlineError,
  GraphThrottleError,
  GraphTransientError,
} from '../../agents/graph-errors.ts';
import {
  BadRequestError,
  ForbiddenError,
  NotFoundError,
  type ProblemError,
  ServiceUnavailableError,
  TooManyRequestsError,
  UnauthorizedError,
} from '../../errors.ts';
import { integrationError } from '../../integrations/integration-errors.ts';
import { httpProblem, type Problem, toProblem } from '../../middleware/problem.ts';
import { toProblemError } from '../../middleware/to-problem-error.ts';
import { parseInput } from '../validation.ts';
import type { Operation } from './operation.ts';
import { wrongInput, wrongPath } from './wrong-input.ts';

/** Of a campaign or an ad, wherever an example needs one. */
export const EXAMPLE_ID = '120210000000001';

const REQUEST_ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const MINUTE_SECONDS = 60;

/**
 * What the operation answers with a status, by the slug of the problem. Made by the errors that the code itself throws,
 * so that their words are true.
 */
export function problemExamples(
  operation: Operation,
  status: number,
): Record<string, { summary: string; value: Problem }> {
  const { path } = operation;
  const instance = status === 400 ? wrongPath(path) : path.replace(/\{\w+\}/g, EXAMPLE_ID);
  const errors = errorsOf(operation).filter((error) => error.status === status);
  return Object.fromEntries(
    errors.map((error) => {
      const value = toProblem(error, { instance, requestId: REQUEST_ID });
      return [error.slug, { summary: error.title, value }];
    }),
  );
}

function errorsOf(operation: Operation): readonly ProblemError[] {
  const { access, asksFacebook } = operation;
  return [
    badRequest(operation),
    ...refusals(operation),
    ...inputErrors(operation),
    ...(asksFacebook ? FACEBOOK_ERRORS : []),
    ...(operation.tag === 'Notion' ? notionErrors() : []),
    toProblemError(new Error()),
    operation.path === '/readyz'
      ? new ServiceUnavailableError('Waiting for: agent', 1, {
          extensions: { state: 'starting', pending: ['agent'] },
        })
      : access === 'admin'
        ? new ServiceUnavailableError('Bearer tokens cannot be checked now')
        : new ServiceUnavailableError('The service is overloaded', 1),
  ];
}

/** What the route itself says to input that it does not take; of one without input, what all say without a host. */
function badRequest(operation: Operation): ProblemError {
  const { input } = operation;
  if (input === undefined) return new BadRequestError('The request has no Host header');
  try {
    parseInput(input, wrongInput(operation));
  } catch (error) {
    return toProblemError(error);
  }
  throw new Error('There is an input that nothing is wrong with');
}

function refusals({ access }: Operation): ProblemError[] {
  if (access === 'open') return [];
  const tooMany = 'Too many requests; try again after the time in Retry-After';
  const refusedTooOften = 'Too many refused requests from this address';
  const isLimited = access !== 'admin';
  return [
    new UnauthorizedError(
      access === 'machine' ? 'A valid X-API-Key is required' : 'A bearer token is required',
    ),
    ...(access === 'admin' ? [new ForbiddenError('Only administrators may do this')] : []),
    new TooManyRequestsError(isLimited ? tooMany : refusedTooOften, MINUTE_SECONDS),
  ];
}

function inputErrors({ method, access, input, alsoAnswers = [] }: Operation): ProblemError[] {
  const kind = input !== undefined && 'ad_id' in input.shape ? 'ad' : 'campaign';
  const takesBody = method === 'post' && access !== 'admin';
  return [
    ...(alsoAnswers.includes(404) ? [new NotFoundError(`No ${kind} with id ${EXAMPLE_ID}`)] : []),
    ...(takesBody ? [httpProblem(413, 'The body is larger than this API accepts')] : []),
    ...(takesBody ? [httpProblem(415, 'The body must be JSON, with Content-Type: application/json')] : []),
  ];
}

const FACEBOOK_ERRORS = [
  new GraphThrottleError({}, MINUTE_SECONDS),
  new GraphTransientError({}),
  new AgentUnavailableError(),
  new GraphDeadlineError({}),
];

function notionErrors(): ProblemError[] {
  const failures = [
    { kind: 'answer', status: 400 },
    { kind: 'timeout', seconds: 10 },
  ] as const;
  return failures.map((failure) => toProblemError(integrationError('Notion', failure, undefined)));
}
