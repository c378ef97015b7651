import { Router } from 'express';
import { registry } from '../observability/prometheus.ts';

/** Every metric of the process in Prometheus' text format. */
export function prometheusRouter(): Router {
  const router = Router();

  router.get('/metrics', async (_req, res) => {
    res.type(registry.contentType).send(await registry.metrics());
  });

  return router;
}
