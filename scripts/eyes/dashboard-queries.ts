import { ROWS } from '../docs/ops/panels.ts';
import { JOB } from '../docs/ops/rule-times.ts';

/** A query of a panel, within its row. */
export interface DashboardQuery {
  row: string;
  title: string;
  expr: string;
}

/** The dashboard's queries as Grafana would send them. */
export function dashboardQueries(rateIntervalSeconds: number): DashboardQuery[] {
  return ROWS.flatMap(({ title: row, panels }) =>
    panels.flatMap(({ title, queries }) =>
      queries.map(({ expr }) => ({
        row,
        title,
        expr: expr.replaceAll('$job', JOB).replaceAll('$__rate_interval', `${rateIntervalSeconds}s`),
      })),
    ),
  );
}
