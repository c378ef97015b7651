import { entries, KEEP_OWN } from './entries.ts';

/** The agent is built, or its factory called, with arguments that the shared one knows nothing of. */
export const ARGUMENTS = entries({
  'built-with-constants': {
    text: 'This {class} is built with arguments, so it may differ from the shared one.',
    hint: `Where they are the same everywhere, build it with them in {cache}, drop them here, and run the codemod again. ${KEEP_OWN}`,
    recipe: `The arguments are settings of the process. Move them to the place where the cache builds its agent, so that all
places share them, then drop them here:

\`\`\`ts
// in the cache module
return new FacebookAdsAgent({ version: API_VERSION });
// here
const agent = new FacebookAdsAgent();
\`\`\``,
    shown: 'left/treated-as-its-own',
  },
  'built-with-arguments': {
    text: 'This {class} is built with arguments, so it may differ from the shared one.',
    hint: `Give the cache one entry for each distinct set of arguments. ${KEEP_OWN}`,
    recipe: `Ask what the arguments stand for. A tenant or an account: give the cache one entry for each of them, by a key
that is made of all arguments. A token that was made in this very request: no cache helps, since an agent for it is used
once; keep it.`,
    shown: 'left/treated-as-its-own',
  },
  'argument-taken-apart': {
    text: 'The factory takes the argument of the call apart, which fails for one that is null.',
    hint: 'Take the parameter of the factory away, then run the codemod again.',
    recipe: `The factory destructures its parameter, so a call with \`null\` throws today and would not once the factory is gone.
If nobody depends on that, remove the parameter and the arguments of its calls.`,
    shown: 'left/parameters-that-do-work',
  },
  'arguments-with-effects': {
    text: 'The arguments of the call have effects of their own, which would go with it.',
    hint: 'Evaluate them before the call, then run the codemod again.',
    recipe: `The factory ignores what it is given, but what stands in the parentheses is run. Give it a line of its own, or
drop it where nobody needs it:

\`\`\`ts
// before
const agent = buildAgent(audit(req));
// after
audit(req);
const agent = buildAgent();
\`\`\``,
    shown: 'left/unsafe-to-take-out',
  },
});
