/** What a caller is told of one type of problem. */
export interface ProblemType {
  slug: string;
  status: number;
  /** What has happened. */
  meaning: string;
  /** What the caller can do. */
  remedy: string;
}

const TRY_LATER = 'Wait for the seconds in `Retry-After`, then send the same request again.';
const OPERATOR = 'Nothing that you send can change it. Tell the operator of this API, with the `request_id`.';

/** Every `type` that this API answers, in the order of docs/errors.md. */
export const PROBLEM_TYPES: readonly ProblemType[] = [
  {
    slug: 'bad-request',
    status: 400,
    meaning:
      'The request cannot be understood: a parameter is missing or wrong, or the body is not valid JSON.',
    remedy:
      'Read `detail`; where the input was checked, `errors` names each fault with its `path`. Correct it and send the request again.',
  },
  {
    slug: 'unauthorized',
    status: 401,
    meaning: 'The request carries no credential, or one that is wrong or has expired.',
    remedy:
      'Send `Authorization: Bearer <token>` with a token that has not expired; for the export, send `X-API-Key`. `WWW-Authenticate` says which one.',
  },
  {
    slug: 'forbidden',
    status: 403,
    meaning: 'Your token is good, but its role may not do this.',
    remedy: 'Use a token with `role: admin`.',
  },
  {
    slug: 'not-found',
    status: 404,
    meaning: 'Nothing is at this path, or Facebook knows no such campaign or ad in this account.',
    remedy: 'Check the path and the id.',
  },
  {
    slug: 'method-not-allowed',
    status: 405,
    meaning: 'The path exists, but does not answer this method.',
    remedy: 'Use one of the methods in `Allow`.',
  },
  {
    slug: 'request-timeout',
    status: 408,
    meaning: 'The request took too long to arrive.',
    remedy: 'Send it again, in one go.',
  },
  {
    slug: 'content-too-large',
    status: 413,
    meaning: 'The body is larger than 100 kB.',
    remedy: 'Send less.',
  },
  {
    slug: 'unsupported-media-type',
    status: 415,
    meaning: 'The body is not JSON, or is in an encoding or charset that is not supported.',
    remedy: 'Send UTF-8 JSON with `Content-Type: application/json`.',
  },
  {
    slug: 'too-many-requests',
    status: 429,
    meaning: 'You have sent more requests than your limit allows, or your address was refused too often.',
    remedy: `${TRY_LATER} The \`RateLimit\` header of every answer says what is left.`,
  },
  {
    slug: 'request-header-fields-too-large',
    status: 431,
    meaning: 'The headers are larger than 16 KiB.',
    remedy: 'Send fewer or shorter headers.',
  },
  {
    slug: 'internal-server-error',
    status: 500,
    meaning: 'Something went wrong in this API.',
    remedy: OPERATOR,
  },
  {
    slug: 'bad-gateway',
    status: 502,
    meaning: 'Notion or another service behind this API gave an answer that cannot be used.',
    remedy: 'Try again; if it stays, tell the operator of this API, with the `request_id`.',
  },
  {
    slug: 'service-unavailable',
    status: 503,
    meaning:
      'What the request needs is not there now: Facebook refuses the connection, an integration is not configured, or the service is starting, stopping or overloaded. `detail` says which.',
    remedy: TRY_LATER,
  },
  {
    slug: 'gateway-timeout',
    status: 504,
    meaning: 'Notion or another service behind this API did not answer in time.',
    remedy: 'Try again.',
  },
  {
    slug: 'graph-throttled',
    status: 429,
    meaning: 'Facebook takes no more calls of this account for now.',
    remedy: TRY_LATER,
  },
  {
    slug: 'graph-transient',
    status: 502,
    meaning: 'Facebook failed to answer, several times in a row.',
    remedy: 'Try again in a moment.',
  },
  {
    slug: 'graph-unreachable',
    status: 503,
    meaning: 'No connection to Facebook could be made.',
    remedy: TRY_LATER,
  },
  {
    slug: 'graph-down',
    status: 503,
    meaning: 'Facebook did not answer a moment ago, and calls are paused until it does.',
    remedy: TRY_LATER,
  },
  {
    slug: 'graph-deadline',
    status: 504,
    meaning: 'Facebook did not answer in time.',
    remedy: 'Try again; for a long range of days, ask for a shorter one.',
  },
  {
    slug: 'graph-token',
    status: 503,
    meaning: "Facebook refuses this API's credential: it has expired or was revoked.",
    remedy: OPERATOR,
  },
  {
    slug: 'graph-permission',
    status: 502,
    meaning: "This API's credential may not read what you asked for.",
    remedy: OPERATOR,
  },
  {
    slug: 'graph-too-much-data',
    status: 502,
    meaning: 'Facebook cannot produce so much data at once.',
    remedy: 'Ask for a shorter period.',
  },
  {
    slug: 'graph-period',
    status: 400,
    meaning: 'The period begins before what Facebook keeps: 37 months.',
    remedy: 'Ask for a period that begins within the last 37 months.',
  },
  {
    slug: 'graph-bad-query',
    status: 502,
    meaning: 'Facebook did not accept the query that this API made of your request.',
    remedy: OPERATOR,
  },
  {
    slug: 'graph-policy',
    status: 502,
    meaning: 'Facebook has blocked the account for a breach of its policies.',
    remedy: OPERATOR,
  },
  {
    slug: 'graph-version',
    status: 502,
    meaning: 'Facebook no longer serves the version of its API that this one uses.',
    remedy: OPERATOR,
  },
  {
    slug: 'graph-protocol',
    status: 502,
    meaning: 'What came back was no answer of Facebook, perhaps one of a proxy in between.',
    remedy: 'Try again; if it stays, tell the operator of this API, with the `request_id`.',
  },
];
