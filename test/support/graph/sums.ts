import type { DayCell } from './data-types.ts';

/** Cells added up; money in minor units. */
export interface Sums {
  impressions: number;
  clicks: number;
  linkClicks: number;
  reach: number;
  spend: number;
  cartAdditions: number;
  purchases: number;
  revenue: number;
  leads: number;
}

/**
 * Adds cells up. Reach is not additive, at Graph as here: people seen on two days or by two ads count
 * once, so the reach of a period is less than the sum of its days.
 * @returns undefined without any cell, which is "no delivery"
 */
export function sumCells(cells: Iterable<DayCell>): Sums | undefined {
  const sums: Sums = {
    impressions: 0,
    clicks: 0,
    linkClicks: 0,
    reach: 0,
    spend: 0,
    cartAdditions: 0,
    purchases: 0,
    revenue: 0,
    leads: 0,
  };
  let count = 0;
  for (const cell of cells) {
    sums.impressions += cell.impressions;
    sums.clicks += cell.clicks;
    sums.linkClicks += cell.linkClicks;
    sums.reach += cell.reach;
    sums.spend += cell.spend;
    sums.cartAdditions += cell.cartAdditions;
    sums.purchases += cell.purchases;
    sums.revenue += cell.revenue;
    sums.leads += cell.leads;
    count++;
  }
  if (count === 0) return undefined;
  sums.reach = Math.ceil(sums.reach / (1 + 0.15 * Math.log2(count)));
  return sums;
}
