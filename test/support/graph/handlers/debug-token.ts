import type { Call } from '../call.ts';
import { badParameter } from '../graph-error.ts';
import type { UserToken } from '../tokens.ts';

/** Tells about a token. Only the app itself or its developer may ask; an invalid token is a 200. */
export function debugToken(call: Call): unknown {
  const { token, params, world } = call;
  if (token.kind === 'user' && !token.tenant.developer) {
    throw badParameter(
      'You must provide an app access token, or a user access token that is an owner or developer of the app',
    );
  }
  const inspected = params.get('input_token');
  if (inspected === null || inspected === '') throw badParameter('The parameter input_token is required');
  const known = world.tokens.find(inspected);
  if (known === undefined) return { data: unknownToken() };
  return { data: known.kind === 'app' ? appData(call) : userData(call, known) };
}

function unknownToken() {
  const message = 'Invalid OAuth access token - Cannot parse access token';
  return { error: { code: 190, message }, is_valid: false, scopes: [] };
}

function appData({ world }: Call) {
  const { id, name } = world.tokens.app;
  return { app_id: id, type: 'APP', application: name, is_valid: true, scopes: [] };
}

function userData({ world }: Call, token: UserToken) {
  const { app } = world.tokens;
  if (token.appId !== app.id) {
    throw badParameter('The App_id in the input_token did not match the Viewing App');
  }
  const fault = world.tokens.faultOf(token);
  return {
    app_id: app.id,
    type: 'USER',
    application: app.name,
    data_access_expires_at: token.dataAccessExpiresAt,
    ...(fault === undefined
      ? {}
      : { error: { code: fault.code, message: fault.message, subcode: fault.subcode } }),
    expires_at: token.expiresAt,
    is_valid: fault === undefined,
    issued_at: token.issuedAt,
    scopes: token.tenant.scopes,
    granular_scopes: token.tenant.scopes.map((scope) => ({ scope })),
    user_id: token.userId,
  };
}
