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
    hint: `Give the cache one entry for each distinct set of arguments: init --keyed writes such a cache, and --keyed has places take it. ${KEEP_OWN}`,
    recipe: `Ask what the arguments stand for. A tenant or an account: give the cache one entry for each of them, by a key
that is made of all arguments. A token that was made in this very request: no cache helps, since an agent for it is used
once; keep it.`,
    shown: 'left/treated-as-its-own',
  },
  'built-without-arguments': {
    text: 'This {class} is built without the arguments that {cache} builds the shared one with.',
    hint: `Build it with them here, or the shared one without them, and run the codemod again. ${KEEP_OWN}`,
    recipe: `The shared agent is given something that this one is not. Where that is meant for all, give it here as well:
the place is the shared agent then. Where it is not, take it out of the cache module.`,
    shown: 'test/codemods/equal-arguments.test.ts',
  },
  'other-type-arguments': {
    text: 'This {class} has other type arguments than the one that {cache} shares, or such of which that cannot be told.',
    hint: `Give both the same ones, written out, and run the codemod again. ${KEEP_OWN}`,
    recipe: `One object cannot be a \`Client<Campaign>\` here and a \`Client<Account>\` there without a type assertion. Where it
does not depend on them what the client gives, move the type argument to the method (\`client.list<Campaign>()\`), or
give the cache and all places the one that covers them all.`,
    shown: 'test/codemods/equal-arguments.test.ts',
  },
  'token-made-here': {
    text: 'The token is made in this request{ on line 1}; an agent for it would be used once.',
    hint: `Keep its own agent. ${KEEP_OWN}`,
    recipe: `A token that comes out of an exchange or a refresh is new each time, so no entry of a cache is ever found for it.
Keep the agent; once the token is stored, the requests that look it up can share one.`,
    shown: 'test/codemods/keyed-places.test.ts',
  },
  'token-checked-here': {
    text: 'The token comes in with this request{ on line 1} and is checked here for the first time; an agent for it would be used once.',
    hint: `Keep its own agent. ${KEEP_OWN}`,
    recipe: `Whoever connects an account may send anything. Build an agent for the check alone, and have the cache keep one for
tokens that were found good and are stored.`,
    shown: 'test/codemods/keyed-places.test.ts',
  },
  'argument-with-identity': {
    text: 'This {class} is built with an object of its own{ on line 1}, which no key can stand for.',
    hint: `Build it of plain values, then run the codemod again. ${KEEP_OWN}`,
    recipe: `A logger, a connection or a function is told from others by what it is, not by what is in it. Give the cache
module that object, and keep the plain values (token, locale, version) as arguments.`,
    shown: 'test/codemods/keyed-places.test.ts',
  },
  'argument-changed-later': {
    text: 'What this {class} is built with{ on line 1} is changed afterwards, or given to code that nothing shows.',
    hint: `Build it of plain values that stay what they are, then run the codemod again. ${KEEP_OWN}`,
    recipe: `An entry of the cache is found by what its arguments were when they were given. Give the {class} the values
themselves (\`{ token: user.token }\`), or an object that is complete and that nobody else has.`,
    shown: 'test/codemods/arguments-changed-later.test.ts',
  },
  'key-looked-up': {
    text: '{name}() looks up{ on line 1} what it builds with, and its entry would go on with that after it was renewed.',
    hint: 'Look it up in front of a method that is given it, have the cache build by that (--built-by), then run the codemod again.',
    recipe: `The name of a shop or a user stays the same while the token behind it is renewed or taken away, so it is no key for
an agent of that token. Part the two, and leave the look-up where it is:

\`\`\`ts
const token = await tokens.find(shop);
const agent = Client.withToken(token); // --built-by withToken
\`\`\``,
    shown: 'test/codemods/keyed-places.test.ts',
  },
  'key-may-be-looked-up': {
    text: '{name}() cannot be read, and what it is given here only names for whom to build, so it may look up the rest.',
    hint: 'Look it up in front of a method that is given it, have the cache build by that (--built-by), then run the codemod again.',
    recipe: `The name of a shop or a user stays the same while the token behind it is renewed or taken away. Of a package whose
source cannot be read, only the names of its method and of the arguments tell: see what it does. Where it needs nothing
but what it is given, write the entry by hand: \`await getClientFor(shop)\`.`,
    shown: 'test/codemods/looked-up-keys.test.ts',
  },
  'keyed-elsewhere': {
    text: 'The agent would have to be got at another place than where its arguments are evaluated.',
    hint: 'Build it where its first call is, inside the same try, then run the codemod again.',
    recipe: `Its first call, and what handles the failure of that, stand apart from where it is built. Move the construction
down to the call.`,
    shown: 'test/codemods/keyed-places.test.ts',
  },
  'no-keyed-getter': {
    text: 'The cache module {module} exports no {name}, which would have one entry for each set of arguments.',
    hint: 'Write one as --init --keyed does, then run the codemod again.',
    recipe: `\`codemod --init <folder> --keyed --dry-run\` shows one for a tree without a cache module; write it where
the shared getter is: a bounded map by the digest of all arguments.`,
    shown: 'test/codemods/keyed-places.test.ts',
  },
  'builder-dropped': {
    text: 'Nobody uses what {name}() gives here, so it sets a default for the whole process, which all requests share.',
    hint: `Give each object the one that it is to use, then run the codemod again. ${KEEP_OWN}`,
    recipe: `Two requests at a time would work with the default of the one that came last. Keep what the builder gives and
hand it to each object:

\`\`\`ts
const api = Sdk.init(token);
const account = new Account(id, api);
\`\`\``,
    shown: 'test/codemods/keyed-places.test.ts',
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
