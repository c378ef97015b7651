import { createContext } from '../../../api/src/context.ts';
import { loadConfig } from '../../../api/src/config.ts';
import { startService } from '../../../api/src/server/service.ts';
import { TEST_API_KEY, TEST_JWT_SECRET } from '../../support/access-tokens.ts';
import { startGraphServer } from '../../support/graph/index.ts';
import { captureLogs } from '../../support/log-capture.ts';

test('a service that stops hangs up on Facebook', async () => {
  const logs = captureLogs();
  const graph = await startGraphServer();
  const config = loadConfig({
    ...graph.env,
    PORT: '0',
    JWT_SECRET: TEST_JWT_SECRET,
    API_KEY: TEST_API_KEY,
    TASKS_ENABLED: 'false',
  });
  const context = createContext(config);
  const ready = new Promise<void>((resolve) => context.readiness.onReady(resolve));
  const service = await startService(context);
  try {
    await ready;
    expect(graph.journal.openConnections).toBeGreaterThan(0);
    expect(await service.stop()).toBe(true);
    await graph.journal.until((journal) => journal.openConnections === 0);
  } finally {
    await graph.close();
    logs.stop();
  }
});
