/** Currencies whose smallest unit is the whole: Graph counts their budgets in ones, not in hundredths. */
const WITHOUT_MINOR_UNIT = new Set([
  'CLP',
  'COP',
  'CRC',
  'HUF',
  'ISK',
  'IDR',
  'JPY',
  'KRW',
  'PYG',
  'TWD',
  'VND',
]);

/** How many of Graph's budget units make one unit of a currency (ISO 4217 code): 1 or 100. */
export function budgetUnitsPerCurrencyUnit(currency: string): 1 | 100 {
  return WITHOUT_MINOR_UNIT.has(currency) ? 1 : 100;
}
