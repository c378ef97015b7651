/** Which conversions Facebook counts for an ad. */
export interface Attribution {
  setting: 'account';
  description: string;
  /** For how many days after a day its figures can still change. */
  settles_after_days: number;
}

/**
 * Results are asked for by the attribution setting of the ad account, not by windows of this API's choice: so they
 * are those that Ads Manager shows.
 */
export const ATTRIBUTION: Attribution = {
  setting: 'account',
  description:
    "Conversions are counted in the attribution windows that are set in the ad account (an ad set's own setting comes " +
    'first), by the day on which the ad was seen or clicked. Figures of the last 28 days can still change.',
  settles_after_days: 28,
};
