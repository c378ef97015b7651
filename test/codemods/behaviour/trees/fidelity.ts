import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const LICENCED = `/*!
 * Licence: none.
 */
import { FacebookAdsAgent } from "../agents/facebook-ads-agent%ext"; // the agent
import { Router } from "express";
import manifest from "../lib/manifest.json" with { type: "json" };
import "../lib/effect%ext";

/* The router of this file. */
export const router = Router();

\tconst odd = 'kept',   spaced = [ 1,2 ];

// Builds.
function build(): FacebookAdsAgent {
\treturn new FacebookAdsAgent(); // a new one
}
// Below the factory.

router.get("/all", async (_req, res) => {
\t// Gets it.
\tconst agent = build();   // got it
\tres.json([await agent.getCampaigns(), manifest.name, odd, spaced]);
});
`;

const COMMON = {
  'lib/manifest.json': '{ "name": "tree" }\n',
  'lib/effect.ts': 'export {};\n',
};

/** Texts whose bytes outside of the edits have to stay. */
export const fidelityTrees: readonly Tree[] = [
  { name: 'a licence and tabs', files: { ...COMMON, 'routes/main.ts': LICENCED } },
  {
    name: 'CRLF and a byte order mark',
    files: { ...COMMON, 'routes/main.ts': `\uFEFF${LICENCED.replaceAll('\n', '\r\n')}` },
  },
  {
    name: 'line endings of both kinds',
    files: {
      ...COMMON,
      'routes/main.ts': LICENCED.split('\n')
        .map((line, at) => line + (at % 2 ? '\r\n' : '\n'))
        .join(''),
    },
  },
  {
    name: 'a shebang and use strict',
    flavour: 'cjs',
    files: {
      'routes/main.js': `#!/usr/bin/env node
'use strict'
const { FacebookAdsAgent } = require('../agents/facebook-ads-agent')
const router = require('express').Router()

function build () {
  return new FacebookAdsAgent()
}

router.get('/all', async function (_req, res) {
  const agent = build()
  res.json(await agent.getCampaigns())
})

module.exports = { router }`,
    },
  },
  {
    name: 'only the agent imported',
    files: {
      'tasks/main.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
export async function collect() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}`,
      'routes/main.ts': routes(`
router.get('/x', async (_req, res) => {
        const agent = new FacebookAdsAgent( );
    res.json( await agent.getCampaigns( ) )
})
`),
    },
  },
];
