import type { Span } from './prng.ts';

/** One advertiser: its token, its ad account and the world its campaigns live in. */
export interface Tenant {
  /** Names the tenant, its account and its token in the journal, faults and helpers. */
  id: string;
  token: string;
  accountId: string;
  currency: string;
  timeZone: string;
  /** Prices of the data set are drawn in BRL and multiplied by this. */
  priceScale: number;
  campaigns: number;
  ads: Span;
  /** The action types under which this account reports the same purchases. */
  purchaseActions: readonly string[];
  scopes: readonly string[];
  /** Seconds since 1970, 0 for never. */
  expiresAt: number;
  dataAccessExpiresAt: number;
  /** May inspect other tokens of the app on `debug_token`. */
  developer: boolean;
  /** The app that the token belongs to, when it is another than the server's. */
  appId?: string;
}

const COMMON = {
  ads: [1, 3],
  scopes: ['ads_management', 'ads_read', 'business_management', 'public_profile'],
  expiresAt: 0,
  dataAccessExpiresAt: 0,
  developer: false,
} as const satisfies Partial<Tenant>;

/** The first one is the default of `settings` and `env`. */
export const DEFAULT_TENANTS: readonly Tenant[] = [
  {
    ...COMMON,
    id: 'brl',
    token: 'test-token-brl-not-real',
    accountId: '10150000000000101',
    currency: 'BRL',
    timeZone: 'America/Sao_Paulo',
    priceScale: 1,
    campaigns: 64,
    purchaseActions: [
      'purchase',
      'omni_purchase',
      'offsite_conversion.fb_pixel_purchase',
      'onsite_web_purchase',
      'onsite_web_app_purchase',
      'web_in_store_purchase',
      'web_app_in_store_purchase',
    ],
  },
  {
    ...COMMON,
    id: 'clp',
    token: 'test-token-clp-not-real',
    accountId: '10150000000000202',
    currency: 'CLP',
    timeZone: 'America/Santiago',
    priceScale: 170,
    campaigns: 28,
    purchaseActions: ['purchase', 'offsite_conversion.fb_pixel_purchase'],
  },
  {
    ...COMMON,
    id: 'usd',
    token: 'test-token-usd-not-real',
    accountId: '10150000000000303',
    currency: 'USD',
    timeZone: 'America/Los_Angeles',
    priceScale: 0.2,
    campaigns: 12,
    purchaseActions: ['offsite_conversion.fb_pixel_purchase'],
  },
];

/** What a test gives to add a tenant; the rest is taken from the default tenant. */
export type TenantInput = Partial<Tenant> & Pick<Tenant, 'id' | 'token' | 'accountId'>;

export function completeTenant(input: TenantInput): Tenant {
  const [base] = DEFAULT_TENANTS;
  if (base === undefined) throw new Error('There is no default tenant');
  return { ...base, ...input };
}

const WHOLE_UNIT_CURRENCIES = new Set('CLP COP CRC HUF ISK IDR JPY KRW PYG TWD VND'.split(' '));

/** Minor units in one major unit of a currency, as Graph counts them. */
export function minorUnits(currency: string): number {
  return WHOLE_UNIT_CURRENCIES.has(currency) ? 1 : 100;
}
