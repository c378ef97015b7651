import type { Span } from './prng.ts';

/** How a campaign does; tests pick campaigns by it. */
export type CampaignKind =
  | 'excellent'
  | 'good'
  | 'average'
  | 'poor'
  | 'expensive'
  | 'no-purchases'
  | 'no-clicks'
  | 'undelivered';

/** Where a campaign's numbers are drawn from; prices in BRL, rates as fractions. */
export interface Profile {
  impressionsPerDay: Span;
  clickRate: Span;
  purchaseRate: Span;
  costPerThousand: Span;
  basket: Span;
}

const COMMON = { impressionsPerDay: [1500, 9000], costPerThousand: [14, 26], basket: [90, 240] } as const;

export const PROFILES: Record<CampaignKind, Profile> = {
  excellent: { ...COMMON, clickRate: [0.024, 0.038], purchaseRate: [0.035, 0.06] },
  good: { ...COMMON, clickRate: [0.014, 0.02], purchaseRate: [0.032, 0.045] },
  average: { ...COMMON, clickRate: [0.0105, 0.014], purchaseRate: [0.025, 0.035] },
  poor: { ...COMMON, clickRate: [0.003, 0.007], purchaseRate: [0.01, 0.02] },
  // Clicks well and sells dearly: only a rule on cost per purchase finds it.
  expensive: { ...COMMON, clickRate: [0.016, 0.024], purchaseRate: [0.004, 0.007] },
  'no-purchases': { ...COMMON, clickRate: [0.01, 0.02], purchaseRate: [0, 0] },
  'no-clicks': { ...COMMON, impressionsPerDay: [40, 90], clickRate: [0, 0], purchaseRate: [0, 0] },
  undelivered: { ...COMMON, impressionsPerDay: [0, 0], clickRate: [0, 0], purchaseRate: [0, 0] },
};

const KINDS: readonly CampaignKind[] = [
  'excellent',
  'good',
  'average',
  'poor',
  'good',
  'expensive',
  'excellent',
  'undelivered',
  'average',
  'no-purchases',
  'good',
  'poor',
  'no-clicks',
];

/** Kinds take turns, so that even a dozen campaigns hold each of them. */
export function kindOf(index: number): CampaignKind {
  return KINDS[index % KINDS.length] ?? 'average';
}
