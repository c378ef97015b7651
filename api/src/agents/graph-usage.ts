/** How much of its call limits the app, the account and the business have used. */
export interface GraphUsage {
  /** Per cent (100 = no more calls), the highest figure of each header that was sent. */
  percent: Partial<Record<GraphUsageScope, number>>;
  /** Seconds until calls are taken again, when Graph says that they are not now. */
  regainSeconds?: number;
}

export const GRAPH_USAGE_SCOPES = ['app', 'account', 'business', 'insights'] as const;
export type GraphUsageScope = (typeof GRAPH_USAGE_SCOPES)[number];

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Reads Graph's usage headers (JSON in strings, any of them absent or unreadable).
 * @returns undefined when none was sent.
 */
export function readUsage(headers: Headers): GraphUsage | undefined {
  const app = json(headers['x-app-usage']);
  const account = json(headers['x-ad-account-usage']);
  const insights = json(headers['x-fb-ads-insights-throttle']);
  const business = Object.values(json(headers['x-business-use-case-usage']) ?? {})
    .flat()
    .filter(isRecord);
  const usage: GraphUsage = { percent: {} };
  keep(usage, 'app', app && Object.values(app));
  keep(usage, 'account', account && [account.acc_id_util_pct]);
  keep(usage, 'insights', insights && [insights.app_id_util_pct, insights.acc_id_util_pct]);
  keep(
    usage,
    'business',
    business.flatMap((entry) => [entry.call_count, entry.total_cputime, entry.total_time]),
  );
  const minutes = Math.max(0, ...business.map((entry) => number(entry.estimated_time_to_regain_access)));
  const seconds = number(account?.reset_time_duration);
  const regain =
    regainOf(minutes, seconds) ||
    (number(account?.acc_id_util_pct) >= 100 ? seconds : 0) ||
    number(headers['retry-after']);
  if (regain > 0) usage.regainSeconds = regain;
  return regain > 0 || Object.keys(usage.percent).length > 0 ? usage : undefined;
}

/** Seconds; the minutes are rounded up, so an account's seconds within the last of them say it better. */
function regainOf(minutes: number, seconds: number): number {
  return seconds > 60 * (minutes - 1) && seconds > 0 && seconds < 60 * minutes ? seconds : 60 * minutes;
}

function keep(usage: GraphUsage, scope: GraphUsageScope, values: unknown[] | undefined): void {
  const numbers = (values ?? []).filter((value) => typeof value === 'number' && Number.isFinite(value));
  if (numbers.length > 0) usage.percent[scope] = Math.max(...(numbers as number[]));
}

function json(header: string | string[] | undefined): Record<string, unknown> | undefined {
  if (typeof header !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(header);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function number(value: unknown): number {
  const parsed = Number(value ?? 0);
  return Number.isFinite(parsed) ? parsed : 0;
}
