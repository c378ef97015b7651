#!/usr/bin/env bash
# prom-client 15.1.3: a registry that was once read as OpenMetrics gives its counters other names as plain text from then
# on. In OpenMetrics a counter's family is named without `_total`, and its sample with it; the library takes `_total`
# from the counter itself, so the plain text that follows has a sample without it, and alerts and dashboards that ask
# for `jobs_total` find nothing.
# Seen: `jobs_total 1` before; `jobs 1` after one scrape of the same registry as OpenMetrics.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --save-exact prom-client@15.1.3

cat > scrape.cjs <<'JS'
const { Counter, Registry } = require('prom-client');
const registry = new Registry();
new Counter({ name: 'jobs_total', help: 'Jobs that ended.', registers: [registry] }).inc();
const samples = async () => (await registry.metrics()).split('\n').filter((line) => /^jobs/.test(line)).join(' ');
(async () => {
  registry.setContentType(Registry.PROMETHEUS_CONTENT_TYPE);
  console.log('plain text, first:', await samples());
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  console.log('OpenMetrics:', await samples());
  registry.setContentType(Registry.PROMETHEUS_CONTENT_TYPE);
  console.log('plain text, after:', await samples());
})();
JS
node scrape.cjs | tee seen.txt
cat > expected.txt <<'TXT'
plain text, first: jobs_total 1
OpenMetrics: jobs_total 1
plain text, after: jobs 1
TXT
diff expected.txt seen.txt
