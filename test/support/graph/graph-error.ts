import { jsonReply, type Reply } from './reply.ts';

/** What a Graph error says; `status` is only what HTTP carries, clients decide by `code`. */
export interface GraphErrorDetail {
  code: number;
  subcode?: number;
  message: string;
  type?: string;
  status?: number;
  transient?: boolean;
  userTitle?: string;
  userMessage?: string;
}

const STATUS_BY_CODE: Record<number, number> = {
  1: 500,
  2: 500,
  4: 403,
  10: 403,
  190: 401,
  200: 403,
  368: 403,
};

const TOKEN_CODES = [102, 104, 190];

/** Thrown by a handler, answered as a Graph error body. */
export class GraphError extends Error {
  readonly detail: GraphErrorDetail;

  constructor(detail: GraphErrorDetail) {
    super(detail.message);
    this.name = 'GraphError';
    this.detail = detail;
  }
}

/** An error as it goes over the wire, under the status that Graph gives its code. */
export function errorReply(detail: GraphErrorDetail, traceId: string, status?: number): Reply {
  const challenge = TOKEN_CODES.includes(detail.code)
    ? { 'www-authenticate': 'OAuth "Facebook Platform" "invalid_token"' }
    : undefined;
  const given = status ?? detail.status ?? STATUS_BY_CODE[detail.code] ?? 400;
  return jsonReply(given, errorBody(detail, traceId), challenge);
}

function errorBody(detail: GraphErrorDetail, traceId: string): { error: Record<string, unknown> } {
  return {
    error: {
      message: detail.message,
      type: detail.type ?? 'OAuthException',
      ...(detail.transient === undefined ? {} : { is_transient: detail.transient }),
      code: detail.code,
      ...(detail.subcode === undefined ? {} : { error_subcode: detail.subcode }),
      ...(detail.userTitle === undefined ? {} : { error_user_title: detail.userTitle }),
      ...(detail.userMessage === undefined ? {} : { error_user_msg: detail.userMessage }),
      fbtrace_id: traceId,
    },
  };
}

/** Code 100 as Graph words it. */
export function badParameter(message: string, subcode?: number): GraphError {
  return new GraphError({ code: 100, subcode, message: `(#100) ${message}` });
}

/** 100/33: the object does not exist, or the token may not see that it does. */
export function unknownObject(id: string): GraphError {
  return new GraphError({
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    message:
      `Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing ` +
      'permissions, or does not support this operation. Please read the Graph API documentation at ' +
      'https://developers.facebook.com/docs/graph-api',
  });
}

/** Code 200: the account exists and is somebody else's, or the token lacks the scope. */
export function notGranted(): GraphError {
  return new GraphError({
    code: 200,
    message: '(#200) Ad account owner has NOT grant ads_management or ads_read permission',
  });
}

export function deprecatedVersion(current: string): GraphError {
  return new GraphError({
    code: 2635,
    message:
      '(#2635) You are calling a deprecated version of the Ads API. Please update to the latest ' +
      `version: ${current}.`,
  });
}
