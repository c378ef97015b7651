import type { GraphErrorDetail } from './graph-error.ts';

const RATE_LIMIT_HELP =
  'Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.';

/** How Graph words its errors; a code alone stands for all its subcodes. */
const WORDING: Record<string, Omit<GraphErrorDetail, 'code' | 'subcode'>> = {
  '1': { message: 'An unknown error occurred' },
  '1/99': { message: "Please reduce the amount of data you're asking for, then retry your request" },
  '2': { message: 'An unexpected error has occurred. Please retry your request later.', transient: true },
  '2/1504038': { message: 'Service temporarily unavailable', userTitle: 'Too much data was requested' },
  '2/1504044': { message: 'Service temporarily unavailable', userTitle: 'The query is too heavy' },
  '2/1504041': { message: 'Service temporarily unavailable', userTitle: 'The query cannot be processed' },
  '2/1504042': { message: 'Service temporarily unavailable', userTitle: 'The query cannot be processed' },
  '3': { message: '(#3) Application does not have the capability to make this API call.' },
  // Graph calls this one transient; retrying it only prolongs the block.
  '4': { message: '(#4) Application request limit reached', transient: true },
  '10': { message: '(#10) Application does not have permission for this action' },
  '17': { message: '(#17) User request limit reached' },
  '32': { message: '(#32) Page request limit reached' },
  '100/1487534': { message: '(#100) Invalid parameter', userTitle: 'The data is too large to fetch' },
  '100/1504018': { message: '(#100) Invalid parameter', userTitle: 'The request timed out: too much data' },
  '102': { message: 'Session key invalid or no longer valid' },
  '190': { message: 'Invalid OAuth access token - Cannot parse access token' },
  '190/458': { message: 'Error validating access token: The user has not authorized application.' },
  '190/459': {
    message: 'Error validating access token: You cannot access the app till you log in to www.facebook.com.',
  },
  '190/460': {
    message:
      'Error validating access token: The session has been invalidated because the user changed their ' +
      'password or Facebook has changed the session for security reasons.',
  },
  '190/463': { message: 'Error validating access token: Session has expired.' },
  '190/464': {
    message:
      'Error validating access token: Sessions for the user are not allowed because the user is not confirmed.',
  },
  '190/467': {
    message: 'Error validating access token: The access token is invalid since the user has logged out.',
  },
  '200': { message: '(#200) Ad account owner has NOT grant ads_management or ads_read permission' },
  '341': { message: '(#341) Application limit reached' },
  '368': { message: 'The action attempted has been deemed abusive or is otherwise disallowed' },
  '613': { message: '(#613) Calls to this api have exceeded the rate limit.' },
  '2642': { message: '(#2642) Invalid cursors values' },
  '3018': {
    message: '(#3018) The start date of the time range cannot be beyond 37 months from the current date',
  },
  '2635': { message: '(#2635) You are calling a deprecated version of the Ads API.' },
};

/** A code and subcode with Graph's words for them. */
export function wordedError(code: number, subcode?: number): GraphErrorDetail {
  const words = WORDING[`${code}/${subcode}`] ?? WORDING[`${code}`] ?? { message: fallback(code) };
  return { code, subcode, ...words };
}

/** Code 1 with the text by which alone "too much data" can be told from "unknown". */
export function tooMuchData(code: number, subcode?: number): GraphErrorDetail {
  return code === 1 ? { ...wordedError(1, 99), subcode } : wordedError(code, subcode);
}

function fallback(code: number): string {
  if (code >= 80_000 && code < 80_100) {
    return `(#${code}) There have been too many calls to this ad-account. ${RATE_LIMIT_HELP}`;
  }
  if (code >= 200 && code < 300) return `(#${code}) Permissions error`;
  return `(#${code}) An error of code ${code}`;
}
