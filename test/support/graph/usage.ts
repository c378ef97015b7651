import type { RouteName } from './route-name.ts';

/** Per cent of each allowance that is used up. */
export interface UsageLevels {
  app: number;
  account: number;
  business: number;
  insights: number;
}

/** A budget of calls that comes back whole when its window ends. */
export interface CallLimit {
  calls: number;
  windowSeconds: number;
  /** The error code beyond it; 17 without. */
  code?: number;
}

export interface Throttled {
  code: number;
  regainSeconds: number;
}

interface Window {
  limit: CallLimit;
  endsAt: number;
  used: number;
}

interface Asked {
  token: string;
  accountId?: string;
  route: RouteName | 'unknown';
}

const QUIET: UsageLevels = { app: 3, account: 2, business: 4, insights: 1 };
const EVERYONE = '*';

/** Call budgets and the headers that tell of them. */
export class UsageMeter {
  readonly #now: () => Date;
  readonly #levels = new Map<string, Partial<UsageLevels>>();
  readonly #windows = new Map<string, Window>();
  #answers = 0;
  /** Every so-maniest answer comes without usage headers, as at Graph; 0 for never, 1 for always. */
  absentEvery = 8;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Makes the headers tell these percentages, to one token or to all. */
  set(levels: Partial<UsageLevels>, token = EVERYONE): void {
    this.#levels.set(token, levels);
  }

  /** Gives each token, or one, a budget of calls; undefined takes it away. */
  limitCalls(limit: CallLimit | undefined, token = EVERYONE): void {
    if (limit === undefined) this.#windows.delete(token);
    else this.#windows.set(token, { limit, used: 0, endsAt: 0 });
  }

  reset(): void {
    this.#levels.clear();
    this.#windows.clear();
    this.absentEvery = 8;
  }

  /** Counts a call against its budget; what it answers when the budget is spent. */
  admit(token: string): Throttled | undefined {
    const window = this.#windowOf(token);
    if (window === undefined) return undefined;
    const now = this.#now().getTime();
    if (now >= window.endsAt) {
      window.endsAt = now + window.limit.windowSeconds * 1000;
      window.used = 0;
    }
    window.used++;
    if (window.used <= window.limit.calls) return undefined;
    return { code: window.limit.code ?? 17, regainSeconds: (window.endsAt - now) / 1000 };
  }

  /** The usage headers of an answer, or none when it is their turn to be absent. */
  headers({ token, accountId, route }: Asked, throttled?: Throttled): Record<string, string> {
    this.#answers++;
    const absent = this.absentEvery > 0 && this.#answers % this.absentEvery === 0;
    if (absent && throttled === undefined) return {};
    const levels = this.#levelsOf(token, throttled);
    const headers: Record<string, unknown> = {
      'x-app-usage': times(levels.app),
    };
    if (accountId !== undefined) {
      const reset = Math.ceil(throttled?.regainSeconds ?? 0);
      headers['x-ad-account-usage'] = {
        acc_id_util_pct: levels.account,
        reset_time_duration: reset,
        ads_api_access_tier: 'standard_access',
      };
      headers['x-business-use-case-usage'] = {
        [accountId]: [
          {
            type: route.endsWith('insights') ? 'ads_insights' : 'ads_management',
            ...times(levels.business),
            estimated_time_to_regain_access: levels.business >= 100 ? Math.ceil(reset / 60) : 0,
            ads_api_access_tier: 'standard_access',
          },
        ],
      };
    }
    if (route.endsWith('insights')) {
      headers['x-fb-ads-insights-throttle'] = {
        app_id_util_pct: levels.insights,
        acc_id_util_pct: levels.insights,
        ads_api_access_tier: 'standard_access',
      };
    }
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, JSON.stringify(value)]));
  }

  #levelsOf(token: string, throttled: Throttled | undefined): UsageLevels {
    const levels = { ...QUIET, ...this.#levels.get(EVERYONE), ...this.#levels.get(token) };
    const window = this.#windowOf(token);
    if (window !== undefined) {
      levels.account = Math.min(100, Math.round((window.used / window.limit.calls) * 100));
    }
    if (throttled === undefined) return levels;
    if ([4, 341].includes(throttled.code)) levels.app = 100;
    else if (throttled.code >= 80_000) levels.business = 100;
    else levels.account = 100;
    return levels;
  }

  /** A budget for everyone is counted for each token by itself. */
  #windowOf(token: string): Window | undefined {
    const own = this.#windows.get(token);
    const common = this.#windows.get(EVERYONE);
    if (own !== undefined || common === undefined) return own;
    const copy: Window = { limit: common.limit, used: 0, endsAt: 0 };
    this.#windows.set(token, copy);
    return copy;
  }
}

function times(level: number) {
  return { call_count: level, total_cputime: Math.floor(level / 3), total_time: Math.floor(level / 2) };
}
