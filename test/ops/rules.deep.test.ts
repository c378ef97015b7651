import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { alertsOf } from '../../scripts/docs/ops/alerts.ts';
import { dashboardText } from '../../scripts/docs/ops/dashboard.ts';
import { RULE_TIMES } from '../../scripts/docs/ops/rule-times.ts';
import { rulesText } from '../../scripts/docs/ops/rules.ts';
import { describeWithPrometheus, promtool } from '../support/promtool.ts';

const fileOf = (name: string) => fileURLToPath(new URL(`../../docs/ops/${name}`, import.meta.url));
const read = (name: string) => readFileSync(fileOf(name), 'utf8');
const alerts = alertsOf(RULE_TIMES).map(({ name }) => name);

test('the rules and the dashboard are what their sources say today', () => {
  // Stale? npm run docs
  expect(read('rules.yml')).toBe(rulesText());
  expect(read('grafana-dashboard.json')).toBe(dashboardText());
});

test('every alert has its entry in the runbook, which is about nothing else', () => {
  const sections = read('runbook.md').split(/^## /m).slice(1);
  expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(alerts);
  for (const section of sections)
    expect(section).toMatch(/\*\*Means\*\*[\s\S]+\*\*Look at\*\*[\s\S]+\*\*Do\*\*/);
});

test('every alert is proven to fire, and not to for a look-alike', () => {
  const { tests }: { tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[] } = parse(
    read('rules.test.yml'),
  );
  const cases = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
  for (const alert of alerts) {
    const own = cases.filter(({ alertname }) => alertname === alert);
    expect({ alert, fires: own.some(({ exp_alerts }) => exp_alerts.length > 0) }).toEqual({
      alert,
      fires: true,
    });
    expect({ alert, quiet: own.some(({ exp_alerts }) => exp_alerts.length === 0) }).toEqual({
      alert,
      quiet: true,
    });
  }
});

describeWithPrometheus('promtool', () => {
  test('takes the rules, and finds them to do what their tests say', () => {
    expect(promtool(['check', 'rules', fileOf('rules.yml')])).toMatchObject({ code: 0 });
    expect(promtool(['test', 'rules', fileOf('rules.test.yml')])).toMatchObject({ code: 0 });
  });

  test('would find rules that have become deaf', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rules-'));
    try {
      writeFileSync(join(folder, 'rules.yml'), rulesText({ ...RULE_TIMES, slowCreation: 60 }));
      writeFileSync(join(folder, 'rules.test.yml'), read('rules.test.yml'));
      const { code, output } = promtool(['test', 'rules', join(folder, 'rules.test.yml')]);
      expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('AgentCreationSlow') });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
