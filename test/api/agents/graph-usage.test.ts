import { readUsage } from '../../../api/src/agents/graph-usage.ts';

const business = (entry: unknown) => JSON.stringify({ '1015': [entry] });

test.each([
  ['none', {}, undefined],
  ['not JSON', { 'x-app-usage': '{oops' }, undefined],
  ['no object', { 'x-app-usage': '7' }, undefined],
  ['twice', { 'x-app-usage': ['{}', '{}'] }, undefined],
  [
    'of the app',
    { 'x-app-usage': '{"call_count":28,"total_time":25,"total_cputime":31}' },
    { percent: { app: 31 } },
  ],
  [
    'of the account',
    { 'x-ad-account-usage': '{"acc_id_util_pct":9.67,"reset_time_duration":50}' },
    { percent: { account: 9.67 } },
  ],
  [
    'of an account at its limit, with the seconds until it is reset',
    { 'x-ad-account-usage': '{"acc_id_util_pct":100,"reset_time_duration":50}' },
    { percent: { account: 100 }, regainSeconds: 50 },
  ],
  [
    'of insights',
    {
      'x-fb-ads-insights-throttle':
        '{"app_id_util_pct":3,"acc_id_util_pct":41.5,"ads_api_access_tier":"standard"}',
    },
    { percent: { insights: 41.5 } },
  ],
  [
    'of the business, with the minutes until calls are taken again',
    {
      'x-business-use-case-usage': business({
        call_count: 100,
        total_time: 5,
        estimated_time_to_regain_access: 19,
      }),
    },
    { percent: { business: 100 }, regainSeconds: 1140 },
  ],
  [
    'with seconds inside the last of those minutes',
    {
      'x-business-use-case-usage': business({ call_count: 100, estimated_time_to_regain_access: 2 }),
      'x-ad-account-usage': '{"acc_id_util_pct":12,"reset_time_duration":75}',
    },
    { percent: { business: 100, account: 12 }, regainSeconds: 75 },
  ],
  [
    'with seconds that say something else',
    {
      'x-business-use-case-usage': business({ call_count: 100, estimated_time_to_regain_access: 5 }),
      'x-ad-account-usage': '{"acc_id_util_pct":12,"reset_time_duration":3}',
    },
    { percent: { business: 100, account: 12 }, regainSeconds: 300 },
  ],
  ['of a proxy', { 'retry-after': '7' }, { percent: {}, regainSeconds: 7 }],
])('usage headers: %s', (_, headers, usage) => {
  expect(readUsage(headers)).toEqual(usage);
});
