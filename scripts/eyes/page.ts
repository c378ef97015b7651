import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { dashboardQueries } from './dashboard-queries.ts';

const RATE_INTERVAL_SECONDS = 10;
const SHOWN = '4m';
const ALERTS = 'count by (severity) (ALERTS{alertstate="firing"})';
/** What the picture shows beside the alerts. */
const PICTURED = ['Age', 'Requests', 'Misses'];
const CHROMIUM = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];

/** Of the page only what is looked at: two graphs beside each other, each below its query. */
const PICTURE_STYLE = `
  nav, .form-inline, .eval_stats, .prometheus_input_group, a[name=remove], .nav-tabs, #add_graph,
  .container-fluid > .form-inline, .query-history, label { display: none !important; }
  body { padding: 8px !important; }
  #graph_container { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12px; }
  #graph_container > :not(.graph_wrapper) { display: none; }
  .expression_input { font-size: 13px !important; }
  .query_form .col-lg-10 { max-width: 100%; flex: 0 0 100%; }
  .query_form .col-lg-2 { display: none; }
`;

/** Prometheus' own pages with a graph for each query of the dashboard: one page a row, since it takes ten graphs. */
export async function pagesOf(prometheus: string): Promise<{ title: string; url: string }[]> {
  const queries = dashboardQueries(RATE_INTERVAL_SECONDS);
  const rows = [...new Set(queries.map(({ row }) => row))];
  return Promise.all(
    rows.map(async (title) => {
      const own = queries.filter(({ row }) => row === title).map(({ expr }) => expr);
      return { title, url: await pageUrl(prometheus, own) };
    }),
  );
}

/** Draws Prometheus' page with the alerts and some of the dashboard's queries as a PNG file. @throws without Chromium */
export async function drawPage(prometheus: string, file: string): Promise<void> {
  const executablePath = CHROMIUM.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) throw new Error('It needs Chromium: apt-get install chromium');
  const queries = dashboardQueries(RATE_INTERVAL_SECONDS);
  const pictured = PICTURED.flatMap((title) => queries.find((query) => query.title === title)?.expr ?? []);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 600 } });
    // Before it draws: its graphs take their width from the page's.
    await page.route('**/css/prometheus.css*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()}\n${PICTURE_STYLE}` });
    });
    await page.goto(await pageUrl(prometheus, [ALERTS, ...pictured]), { waitUntil: 'networkidle' });
    await page.screenshot({ path: file, fullPage: true });
  } finally {
    await browser.close();
  }
}

async function pageUrl(prometheus: string, queries: readonly string[]): Promise<string> {
  // Debian builds it with the classic page only, elsewhere it is a newer one.
  const { url } = await fetch(`${prometheus}/`);
  const params = queries.flatMap((expr, index): [string, string][] => [
    [`g${index}.expr`, expr],
    [`g${index}.tab`, '0'],
    [`g${index}.range_input`, SHOWN],
  ]);
  return `${url.replace(/\/+$/, '')}?${new URLSearchParams(params).toString()}`;
}
