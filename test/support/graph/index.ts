export type { SeededAccount, SeededAd, SeededCampaign } from './data-types.ts';
export type { ExpectedInsights } from './expected.ts';
export type { JournalEntry } from './journal.ts';
export type { CampaignKind } from './profiles.ts';
export type { RouteName } from './route-name.ts';
export { type GraphServer, type GraphServerOptions, startGraphServer } from './server.ts';
export type { Tenant, TenantInput } from './tenants.ts';
