import type { Call } from './call.ts';
import type { SeededAccount, SeededAd, SeededCampaign } from './data-types.ts';
import { GraphError, notGranted, unknownObject } from './graph-error.ts';
import type { ReportRun } from './report-runs.ts';
import type { UserToken } from './tokens.ts';

/** @throws code 2500 when the call came with the app's own token */
export function userOf({ token }: Call): UserToken {
  if (token.kind === 'user') return token;
  throw new GraphError({
    code: 2500,
    message: 'An active access token must be used to query information about the current user.',
  });
}

/** The account `act_…`. @throws 100/33 when there is none, 200 when the token may not read it */
export function accountOf(call: Call): SeededAccount {
  const account = call.world.data.findAccount(call.object.replace(/^act_/, ''));
  if (account === undefined) throw unknownObject(call.object);
  if (!mayRead(call, account.id)) throw notGranted();
  return account;
}

/** @throws 100/33 when there is none that the token may read */
export function campaignOf(call: Call): { account: SeededAccount; campaign: SeededCampaign } {
  const campaign = call.world.data.findCampaign(call.object);
  if (campaign === undefined || !mayRead(call, campaign.accountId)) throw unknownObject(call.object);
  return { account: call.world.data.account(campaign.accountId), campaign };
}

/** @throws 100/33 when there is none that the token may read */
export function adOf(call: Call): { account: SeededAccount; campaign: SeededCampaign; ad: SeededAd } {
  const ad = call.world.data.findAd(call.object);
  const campaign = ad && call.world.data.findCampaign(ad.campaignId);
  if (ad === undefined || campaign === undefined || !mayRead(call, ad.accountId)) {
    throw unknownObject(call.object);
  }
  return { account: call.world.data.account(ad.accountId), campaign, ad };
}

/** @throws 100/33 when there is none that the token may read */
export function reportOf(call: Call): ReportRun {
  const run = call.world.reports.find(call.object);
  if (run === undefined || !mayRead(call, run.scope.account.id)) throw unknownObject(call.object);
  return run;
}

function mayRead({ token }: Call, accountId: string): boolean {
  if (token.kind !== 'user') return false;
  const granted = token.tenant.scopes.some((scope) => scope === 'ads_read' || scope === 'ads_management');
  return granted && token.accountIds.has(accountId);
}
