import { Router } from 'express';
import { openMetricsText, plainText } from '../observability/exposition.ts';

const PLAIN = 'text/plain;version=0.0.4';
const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0';

/** Every metric of the process: in Prometheus' text format, or in OpenMetrics for who prefers it. */
export function prometheusRouter(): Router {
  const router = Router();

  router.get('/metrics', async (req, res) => {
    const isOpen = req.accepts([PLAIN, OPEN_METRICS]) === OPEN_METRICS;
    const { contentType, text } = await (isOpen ? openMetricsText() : plainText());
    res.vary('Accept').type(contentType).send(text);
  });

  return router;
}
