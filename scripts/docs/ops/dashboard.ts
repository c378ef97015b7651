import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { type PanelSpec, ROWS } from './panels.ts';
import { JOB } from './rule-times.ts';

const DATASOURCE = { type: 'prometheus', uid: '$datasource' };
/** Of Grafana's 24 columns. */
const WIDTH = 6;
const HEIGHT = 7;

/** The text of docs/ops/grafana-dashboard.json. */
export function dashboardText(): string {
  const builder = new DashboardBuilder('Facebook Ads API')
    .uid('facebook-ads-api')
    .description('The shared agent, requests, Facebook, tasks and Redis. Written by npm run docs.')
    .tags(['facebook-ads-api'])
    .time({ from: 'now-6h', to: 'now' })
    .timezone('browser')
    .refresh('30s')
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(
      new QueryVariableBuilder('job')
        .label('Job')
        .datasource(DATASOURCE)
        .query('label_values(service_build_info, job)')
        .current({ selected: true, text: JOB, value: JOB }),
    );
  for (const { title, panels } of ROWS) {
    builder.withRow(new RowBuilder(title));
    for (const panel of panels) builder.withPanel(panelOf(panel));
  }
  return `${JSON.stringify(builder.build(), null, 2)}\n`;
}

function panelOf({ title, description, unit, kind, queries }: PanelSpec) {
  const builder = kind === 'stat' ? new StatBuilder() : new TimeseriesBuilder().fillOpacity(10).min(0);
  builder.title(title).description(description).unit(unit).datasource(DATASOURCE);
  builder.span(WIDTH).height(HEIGHT);
  for (const [index, { expr, legend }] of queries.entries()) {
    const refId = String.fromCharCode('A'.charCodeAt(0) + index);
    const query = new DataqueryBuilder().refId(refId).expr(expr).legendFormat(legend);
    builder.withTarget(expr.includes('_bucket') ? query.exemplar(true) : query);
  }
  return builder;
}
