import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const SETTINGS = `const settings = { region: 'eu', status: '' };
`;

const failing = (name: string, body: string) => `
router.get('/${name}', async (req, res, next) => {
  ${body}
});
`;

/** What handlers set that answer themselves, or end in an error, before no other handler, and such as go on. */
export const endingHandlerTrees: readonly Tree[] = [
  {
    name: 'what handlers set that answer or fail, and never go on',
    files: {
      'routes/main.ts': routes(`
import type { NextFunction, Request, Response } from 'express';

class HttpError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}
const createError = (status: number) => new HttpError(status, 'no region');
${SETTINGS}${failing(
  'object',
  `if (!req.query['region']) return next({ status: 400, message: 'no region' });
  settings.region = String(req.query['region']);
  res.json(settings);`,
)}${failing(
  'caught',
  `try {
    settings.region = String(req.query['region']);
    res.json(settings);
  } catch (error) {
    next(error);
  }`,
)}${failing(
  'made',
  `settings.region = String(req.query['region']);
  const failure = new HttpError(409, 'no such region');
  if (settings.region === 'none') next(failure);
  else if (settings.region === 'other') next(createError(404));
  else if (settings.region === 'text') next('no region');
  else res.json(settings);`,
)}${failing(
  'promised',
  `settings.region = String(req.query['region']);
  Promise.resolve(settings).then((found) => res.json(found)).catch(next);`,
)}${failing(
  'chained',
  `settings.region = String(req.query['region']);
  Promise.resolve(settings).then((found) => res.json(found), (error: unknown) => next(error));`,
)}
export function unused(req: Request, res: Response, _next: NextFunction) {
  settings.status = String(req.query['status']);
  res.json(settings);
}
router.get('/unused', unused);

router.get('/campaigns', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json([await agent.getCampaign(settings.region), await agent.getCampaigns(settings.status)]);
});
`),
    },
    requests: ['GET /object?region=us', 'GET /made?region=none', 'GET /made?region=text'],
  },
  ...(
    [
      ['go on for some', `if (req.query['x']) next(new Error('x')); else next();`],
      [
        'go on where an error may be none',
        `const error = req.query['x'] ? new Error('x') : undefined; next(error);`,
      ],
      [
        'go on where a check finds no error',
        `const checkError = (of: typeof req) => (of.query['x'] ? new Error('x') : undefined); next(checkError(req));`,
      ],
      ['go on to another route', `next('route');`],
      ['go on when a callback is done', `setImmediate((error?: unknown) => next(error));`],
      ['go on by what a promise gives', `Promise.resolve().then(next).catch(next);`],
      ['go on by another name', `const done = next; done();`],
      ['hand on what comes next', `void [next].forEach((each) => each());`],
    ] as const
  ).map(
    ([name, goesOn]): Tree => ({
      name: `what handlers set that ${name}`,
      failures: ['none'],
      files: {
        'routes/main.ts': routes(`
${SETTINGS}
router.use('/campaigns', (req, _res, next) => {
  settings.region = String(req.query['region']);
  ${goesOn}
});

router.get('/campaigns', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(settings.region));
});
`),
      },
      requests: ['GET /campaigns?region=us & GET /campaigns?region=eu'],
    }),
  ),
  {
    name: 'what handlers set that only fail, around which something goes on',
    failures: ['none'],
    files: {
      'routes/main.ts': routes(`
import type { NextFunction, Request, Response } from 'express';

type Handle = (req: Request, res: Response, next: NextFunction) => unknown;

${SETTINGS}
const before = (fn: Handle): Handle => async (req, res, next) => {
  await fn(req, res, next);
  if (!res.headersSent) next();
};
router.use('/campaigns', before(async (req, _res, _next) => {
  settings.region = String(req.query['region']);
}));

router.get('/campaigns', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(settings.region));
});
`),
    },
    requests: ['GET /campaigns?region=us & GET /campaigns?region=eu'],
  },
  {
    name: 'what handlers set that hand a request to another router',
    failures: ['none'],
    files: {
      'routes/main.ts': routes(`
${SETTINGS}
const inner = Router();
router.use('/inner', (req, res, next) => {
  settings.region = String(req.query['region']);
  inner(req, res, () => next(new Error('not found')));
});

inner.get('/campaigns', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(settings.region));
});
`),
    },
    requests: ['GET /inner/campaigns?region=us & GET /inner/campaigns?region=eu'],
  },
  {
    name: 'what handlers set that only fail, around which nothing goes on',
    files: {
      'routes/main.ts': routes(`
import type { NextFunction, Request, Response } from 'express';

type Handle = (req: Request, res: Response, next: NextFunction) => Promise<unknown>;

${SETTINGS}
const caught = (fn: Handle) => (req: Request, res: Response, next: NextFunction) => {
  fn(req, res, next).catch(next);
};
router.get('/region', caught(async (req, res, next) => {
  if (!req.query['region']) return next(new Error('no region'));
  settings.region = String(req.query['region']);
  res.json(settings);
}));

router.get('/campaigns', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(settings.region));
});
`),
    },
    requests: ['GET /region?region=us'],
  },
  {
    name: 'what handlers set for those that answer their errors',
    failures: ['none'],
    files: {
      'routes/main.ts': routes(`
import type { NextFunction, Request, Response } from 'express';

${SETTINGS}
router.get('/campaigns', (req, _res, next) => {
  settings.region = String(req.query['region']);
  next(new Error('not found'));
});

router.use('/campaigns', async (_error: Error, _req: Request, res: Response, _next: NextFunction) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.status(404).json(await agent.getCampaign(settings.region));
});
`),
    },
    requests: ['GET /campaigns?region=us & GET /campaigns?region=eu'],
  },
];
