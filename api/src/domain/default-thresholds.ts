/** What campaigns are held against where nobody says otherwise. */
export const DEFAULT_THRESHOLDS = {
  /** Per cent. */
  ctr_threshold: 1,
  /** Major units of the account's currency. */
  cpa_threshold: 50,
} as const;
