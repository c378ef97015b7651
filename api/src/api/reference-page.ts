import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Router } from 'express';
import { pagePolicy } from './page-policy.ts';

const REDOC = createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js');
/** The one thing that Redoc asks a foreign server for: the logo of who made it. */
const FOREIGN_LOGO = 'https://cdn.redoc.ly/redoc/logo-mini.svg';
const NO_LOGO = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Facebook Ads API: reference</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="assets/favicon-32x32.png">
<style>body{margin:0}</style>
</head>
<body>
<main id="reference"></main>
<script src="assets/redoc.js"></script>
<script src="assets/reference.js"></script>
</body>
</html>
`;
const START = `const url = new URL('../../openapi.json', document.currentScript.src).href;
const options = {
  hideDownloadButton: true,
  hideSchemaTitles: true,
  jsonSampleExpandLevel: 3,
  sortRequiredPropsFirst: true,
  theme: { colors: { primary: { main: '#1f5fa8' }, success: { main: '#1c6e34' }, error: { main: '#b3261e' } } },
};
Redoc.init(url, options, document.getElementById('reference'));
`;

/** Its search runs in a worker that it makes of a blob. */
const policy = pagePolicy({ workerSrc: ["'self'", 'blob:'] });

/** The same document to be read rather than tried: all of it from local files. */
export function referenceRouter(): Router {
  const router = Router();
  let bundle: string | undefined;

  router.get('/docs/reference', policy, (_req, res) => {
    res.type('html').send(PAGE);
  });

  router.get('/docs/assets/redoc.js', (_req, res) => {
    bundle ??= readFileSync(REDOC, 'utf8').replaceAll(FOREIGN_LOGO, NO_LOGO);
    res.type('text/javascript').send(bundle);
  });

  router.get('/docs/assets/reference.js', (_req, res) => {
    res.type('text/javascript').send(START);
  });

  return router;
}
