import { entries } from './entries.ts';

const CATCH = `Express before 5 does not look at the promise that a handler gives, so a rejected one leaves the request without an
answer. Update to Express 5; or load \`express-async-errors\`; or catch in the handler:

\`\`\`ts
router.get('/campaigns', async (req, res, next) => {
  try {
    const agent = await getFacebookAgent();
    res.json(await agent.getCampaigns());
  } catch (error) {
    next(error);
  }
});
\`\`\``;

/** The framework does not wait for its handlers. */
export const EXPRESS = entries({
  'express-loses-error': {
    text: 'Express {major} does not see the error of an async handler, so a failed acquisition would never be answered.',
    hint: 'Update to Express 5, or await the agent in a try whose catch calls next.',
    recipe: CATCH,
    shown: 'express-4/unprotected',
  },
  'express-loses-error-unregistered': {
    text: 'Express {major} does not see the error of an async handler, so a failed acquisition would never be answered.',
    hint: 'Update to Express 5, or await the agent in a try whose catch calls next. Where it is registered was not found.',
    recipe: `Nothing in the tree is seen to register the handler, so a wrapper that catches could not be seen either. ${CATCH}`,
    shown: 'controllers of Express 4 that somebody registers bare',
  },
  'express-loses-error-dropped': {
    text: 'Express {major} does not see the error of an async handler, so a failed acquisition would never be answered.',
    hint: 'Update to Express 5, or await the agent in a try whose catch calls next.{ Its promise is dropped on line 1.}',
    recipe: `Return or await the promise where the message says that it is dropped, if what calls that function catches.
${CATCH}`,
    shown: 'controllers of Express 4 that somebody registers bare',
  },
  'express-loses-error-registered': {
    text: 'Express {major} does not see the error of an async handler, so a failed acquisition would never be answered.',
    hint: 'Update to Express 5, or await the agent in a try whose catch calls next.{ It is registered without a wrapper that catches on line 1.}',
    recipe: `Register the handler as the others are, in the wrapper that catches: \`router.get('/', wrap(handler))\`. ${CATCH}`,
    shown: 'express-4/registered-elsewhere',
  },
});
