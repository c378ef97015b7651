import { someOf } from '../support/depth.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const EXPRESS = "import type { NextFunction, Request, Response } from 'express';\n";

const BASE = {
  'package.json':
    '{ "type": "module", "dependencies": { "express": "^5.1.0", "ads-sdk": "^1.0.0", "http-kit": "^1.0.0" } }',
  'src/utils/agent-cache.ts':
    "import { AdsClient } from 'ads-sdk';\nlet shared: Promise<AdsClient> | undefined;\nasync function createAgent(): Promise<AdsClient> {\n  return new AdsClient();\n}\nexport function getAds(): Promise<AdsClient> {\n  return (shared ??= createAgent());\n}\n",
  'src/routes.ts': `import { Router } from 'express';
import { AdsClient } from 'ads-sdk';
import { auth } from './auth.js';

export const router = Router();
router.use(auth);

router.get('/me', async (_req, res) => {
  const client = new AdsClient();
  res.json(await client.me());
});
`,
};

const installed = (code: string) => ({
  'node_modules/ads-sdk/package.json': '{ "name": "ads-sdk", "version": "1.0.0", "main": "lib/index.js" }',
  'node_modules/ads-sdk/lib/index.js': code,
});

/** Its constructor reads what the class keeps for all. */
const OWN_STATE = installed(`class AdsClient {
  constructor() { this.token = AdsClient.token; }
  me() { return fetch('/me', { headers: { authorization: this.token } }); }
}
AdsClient.token = '';
AdsClient.options = {};
exports.AdsClient = AdsClient;
`);
/** Its constructor takes a connection of another package. */
const OF_ANOTHER = installed(`const kit = require('http-kit');
class AdsClient {
  constructor() { this.http = kit.create({ base: '/' }); }
  me() { return this.http.get('/me'); }
}
exports.AdsClient = AdsClient;
`);
/** It extends a class of another package. */
const OVER_ANOTHER = installed(`const { Base } = require('http-kit');
class AdsClient extends Base {
  me() { return fetch('/me'); }
}
exports.AdsClient = AdsClient;
`);

const sets = (imported: string, statement: string) => `${EXPRESS}${imported}

export function auth(req: Request, _res: Response, next: NextFunction) {
  const token = String(req.headers.authorization);
  ${statement}
  next();
}
`;

async function leftIn(files: Record<string, string>): Promise<(string | undefined)[]> {
  const tree = temporaryTree({ ...BASE, ...files });
  try {
    const options = {
      ...DEFAULT_OPTIONS,
      agentClass: 'AdsClient',
      agentModule: 'ads-sdk',
      cacheModule: `${tree.root}/src/utils/agent-cache`,
      factory: 'getAds',
    };
    const found: (string | undefined)[] = [];
    for await (const { path, occurrences } of migrateTree([`${tree.root}/src`], options))
      if (path.endsWith('routes.ts')) found.push(...occurrences.map(({ left }) => left?.id));
    return found;
  } finally {
    tree.remove();
  }
}

describe('what requests set of a package is not shared by one that its constructor built', () => {
  test.each(
    someOf([
      [
        'a property of the class',
        OWN_STATE,
        "import { AdsClient } from 'ads-sdk';",
        'AdsClient.token = token;',
      ],
      [
        'the same by another name',
        OWN_STATE,
        "import { AdsClient as Ads } from 'ads-sdk';",
        'const own = Ads;\n  own.token = token;',
      ],
      [
        'the same of the whole package',
        OWN_STATE,
        "import * as sdk from 'ads-sdk';",
        'sdk.AdsClient.token = token;',
      ],
      [
        'settings of a package that the class takes a connection of',
        OF_ANOTHER,
        "import kit from 'http-kit';",
        "kit.defaults.headers['authorization'] = token;",
      ],
      [
        'the same by a method of a part',
        OF_ANOTHER,
        "import kit from 'http-kit';",
        "kit.defaults.headers.set('authorization', token);",
      ],
      [
        'the same by Object.assign',
        OF_ANOTHER,
        "import { defaults } from 'http-kit';",
        'Object.assign(defaults, { token });',
      ],
      [
        'what a package has one of',
        OF_ANOTHER,
        "import kit from 'http-kit';",
        'kit.instance().token = token;',
      ],
      [
        'a package whose class it extends',
        OVER_ANOTHER,
        "import { Base } from 'http-kit';",
        'Base.token = token;',
      ],
      [
        'a package that is not installed',
        {},
        "import { AdsClient } from 'ads-sdk';",
        'AdsClient.token = token;',
      ],
    ]),
  )('%s', async (_what, sdk, imported, statement) => {
    expect(await leftIn({ ...sdk, 'src/auth.ts': sets(imported, statement) })).toEqual([
      'constructor-reads-request',
    ]);
  });

  test('by a function in another file', async () => {
    expect(
      await leftIn({
        ...OF_ANOTHER,
        'src/auth.ts': sets("import { use } from './use.js';", 'use(token);'),
        'src/use.ts':
          "import kit from 'http-kit';\nexport function use(token: string) {\n  kit.defaults.token = token;\n}\n",
      }),
    ).toEqual(['constructor-reads-request']);
  });
});

describe('what is not of a request, or not of the package, is no reason', () => {
  test.each([
    [
      'another property of the class',
      OWN_STATE,
      "import { AdsClient } from 'ads-sdk';",
      'AdsClient.seen = token;',
    ],
    [
      'a connection of its own',
      OF_ANOTHER,
      "import kit from 'http-kit';",
      "const own = kit.create();\n  own.defaults.headers['authorization'] = token;\n  void own.get('/');",
    ],
    ['what it is given', OF_ANOTHER, "import kit from 'http-kit';", "kit.set(req, 'token', token);"],
    ['a package that it does not use', OF_ANOTHER, "import other from 'other-kit';", 'other.token = token;'],
    [
      'what is set as the process starts',
      OF_ANOTHER,
      "import kit from 'http-kit';\nkit.defaults.timeout = 5;\nexport function start() {\n  kit.defaults.retries = 3;\n}",
      'void token;',
    ],
    ['a package that is not installed', {}, "import { track } from 'ads-sdk';", 'track(token);'],
  ])('%s', async (_what, sdk, imported, statement) => {
    expect(await leftIn({ ...sdk, 'src/auth.ts': sets(imported, statement) })).toEqual([undefined]);
  });
});

/** Sets what its constructor reads by functions, which it calls itself as it loads. */
const STARTED = (more = '') =>
  installed(`class AdsClient {
  static initialize(platform) { AdsClient.platform = platform; }
  constructor() { this.platform = AdsClient.platform; this.helpers = AdsClient.helpers; }
  me() { return fetch('/me/' + this.platform + this.helpers.length); }
}
class Part {
  constructor() { this.initialize(); }
  initialize() { this.known = []; }
}
function createClient(platform) {
  AdsClient.initialize(platform);
  return AdsClient;
}
(function (AdsClient) {
  AdsClient.helpers = [];
})(AdsClient);
AdsClient.initialize('node');
exports.createClient = createClient;
exports.AdsClient = AdsClient;
exports.Part = Part;
${more}`);

describe('what a package sets by functions that run while files load is the same for all', () => {
  test.each([
    ['that nobody else calls', STARTED(), '', 'void token;'],
    [
      'that the tree calls at the top of a file',
      STARTED(),
      "import { createClient } from 'ads-sdk';\ncreateClient('edge');",
      'void token;',
    ],
    [
      'that a compiled file of the package calls at its top',
      STARTED("const core_1 = exports;\nexports.ready = (0, core_1.createClient)('edge');"),
      '',
      'void token;',
    ],
    [
      'that have the name of a function of the tree, or of another package',
      STARTED(),
      "import passport from 'passport';\nconst createClient = (token: string) => token;",
      'passport.initialize(createClient(token));',
    ],
  ])('%s', async (_what, sdk, imported, statement) => {
    expect(await leftIn({ ...sdk, 'src/auth.ts': sets(imported, statement) })).toEqual([undefined]);
  });

  test.each([
    ['unless a request calls one', "import { AdsClient } from 'ads-sdk';", 'AdsClient.initialize(token);'],
    ['or what calls one', "import { createClient } from 'ads-sdk';", 'createClient(token);'],
    ['of the whole package', "import * as sdk from 'ads-sdk';", 'sdk.createClient(token);'],
    ['by another name', "import { createClient as make } from 'ads-sdk';", 'make(token);'],
    [
      'taken from a class',
      "import * as sdk from 'ads-sdk';",
      'const { initialize: set } = sdk.AdsClient;\n  set(token);',
    ],
    ['of something that is not known', '', 'res.locals.sdk.createClient(token);'],
    ['given to others', "import { createClient } from 'ads-sdk';", 'res.locals.start(createClient);'],
  ])('%s', async (_what, imported, statement) => {
    const text = sets(imported, statement).replace('_res', 'res');
    expect(await leftIn({ ...STARTED(), 'src/auth.ts': text })).toEqual(['constructor-reads-request']);
  });

  test('or a function of the package that requests may call', async () => {
    const sdk = STARTED('exports.use = (token) => AdsClient.initialize(token);');
    const text = sets("import { use } from 'ads-sdk';", 'use(token);');
    expect(await leftIn({ ...sdk, 'src/auth.ts': text })).toEqual(['constructor-reads-request']);
  });
});
