/** Where accepted places are kept when nobody says where. */
export const DEFAULT_BASELINE = 'checklist-baseline.json';
