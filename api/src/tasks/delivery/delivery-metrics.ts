import { Counter, Gauge } from 'prom-client';
import { registry } from '../../observability/prometheus.ts';
import type { Channel, Letter } from './letter.ts';

export type DeliveryOutcome = 'sent' | 'failed' | 'dropped';

const CHANNELS: readonly Channel[] = ['n8n', 'notion', 'whatsapp'];
const OUTCOMES: readonly DeliveryOutcome[] = ['sent', 'failed', 'dropped'];

const deliveries = new Counter({
  name: 'task_deliveries_total',
  help: 'Reports and alerts of tasks, by channel and outcome: sent, failed (a try; sent later), dropped (after three days)',
  labelNames: ['channel', 'outcome'],
  registers: [registry],
});

const alerts = new Counter({
  name: 'campaign_alerts_total',
  help: 'Alerts on campaigns, by channel and outcome: sent, failed (a try; sent later), dropped (after three days)',
  labelNames: ['channel', 'outcome'],
  registers: [registry],
});

const waiting = new Gauge({
  name: 'task_outbox_letters',
  help: 'Reports and alerts that wait to be sent, when the outbox was last looked through',
  registers: [registry],
});

for (const channel of CHANNELS) {
  for (const outcome of OUTCOMES) {
    deliveries.inc({ channel, outcome }, 0);
    alerts.inc({ channel, outcome }, 0);
  }
}

export function countDelivery({ channel, alert }: Letter, outcome: DeliveryOutcome): void {
  deliveries.inc({ channel, outcome });
  if (alert) alerts.inc({ channel, outcome });
}

export function showWaiting(letters: number): void {
  waiting.set(letters);
}
