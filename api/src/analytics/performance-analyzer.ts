export { type Dashboard, type DashboardTotals, summarizeDashboard, type TopCampaign } from './dashboard.ts';
export { type ExportedFigures, exportedFigures } from './exported-figures.ts';
export { type CampaignScore, scoreCampaigns } from './score.ts';
export type { Rating } from './score-scale.ts';
export type { DeliveryTotals } from './totals.ts';
export { summarizeTrends, TREND_PERIODS, type Trend } from './trends.ts';
