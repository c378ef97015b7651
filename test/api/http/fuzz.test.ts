import fc from '../../support/fast-check.ts';
import { startApp, type TestApp, type TestResponse } from '../../support/app.ts';
import { anyRequest, type FuzzRequest } from '../../support/fuzz-requests.ts';
import { depth } from '../../support/depth.ts';

/** Raise it for a long hunt: FUZZ_REQUESTS=50000 npm run jest -- test/api/http/fuzz */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? depth(500, 150));
const SEED = Number(process.env.FUZZ_SEED ?? 20_260_101);
const AT_A_TIME = 10;

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ warm: true, graph: { now: () => new Date('2026-11-20T15:00:00Z') } });
});
afterAll(() => app.stop());

function assertCivil({ method, path }: FuzzRequest, { status, body, text }: TestResponse): void {
  const where = `${method} ${path} answered ${status}: ${text.slice(0, 300)}`;
  const mayFail = status === 503 && body.detail.startsWith('Notion is not configured');
  if (status >= 500 && !mayFail) throw new Error(where);
  if (/\.(ts|js):\d+|node_modules|Error: /.test(text) && status >= 400)
    throw new Error(`${where} holds a trace`);
}

test(
  'whatever is sent, the answer is as documented, and never a failure of ours',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRequest, { minLength: AT_A_TIME, maxLength: AT_A_TIME }),
        async (requests) => {
          const answers = await Promise.all(
            requests.map(({ method, path, ...options }) => app.request(method, path, options)),
          );
          answers.forEach((answer, index) => {
            const request = requests[index];
            if (request !== undefined) assertCivil(request, answer);
          });
        },
      ),
      { numRuns: Math.ceil(REQUESTS / AT_A_TIME), seed: SEED, endOnFailure: false },
    );
  },
  600_000 + REQUESTS * 20,
);
