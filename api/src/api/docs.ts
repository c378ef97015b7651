import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Router } from 'express';
import { prefixOf } from '../middleware/forwarded-prefix.ts';
import { createOpenApiDocument, type OpenApiDocument } from './openapi/document.ts';
import { apiChangelog } from './api-changelog.ts';
import { pagePolicy } from './page-policy.ts';
import { problemsAsHtml } from './problem-pages.ts';
import { textPage } from './text-page.ts';

const SWAGGER_UI = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;

/** @param base where `assets` stand for the page: paths are relative, so that any prefix may stand before them */
const pageAt = (base: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Facebook Ads API</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="${base}assets/favicon-32x32.png">
<link rel="stylesheet" href="${base}assets/swagger-ui.css">
<link rel="stylesheet" href="${base}assets/page.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="${base}assets/swagger-ui-bundle.js"></script>
<script src="${base}assets/start.js"></script>
</body>
</html>
`;
const START = `const url = new URL('../../openapi.json', document.currentScript.src).href;
SwaggerUIBundle({
  url,
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: true,
  showCommonExtensions: true,
});
`;

/** Swagger UI's own colours are too pale to be read by everybody; of its servers there is one, which is this one. */
const STYLE = `.swagger-ui .servers, .swagger-ui .servers-title { display: none; }
.swagger-ui .info .title small { background: #50565e; }
.swagger-ui .info .title small.version-stamp { background: #436002; }
.swagger-ui .opblock .opblock-summary-method { background: #1f5fa8 !important; }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #1c6e34 !important; }
.swagger-ui .btn.authorize { color: #1c6e34; border-color: #1c6e34; }
.swagger-ui .btn.authorize svg { fill: #1c6e34; }
.swagger-ui a, .swagger-ui .info a { color: #1f5fa8; }
.swagger-ui .json-schema-2020-12-expand-deep-button, .swagger-ui .json-schema-2020-12__attribute { color: #50565e !important; }
`;

const policy = pagePolicy();

/** The API's own documentation, made from what validates its requests; all of it from local files. */
export function docsRouter({ version }: { version: string }): Router {
  const router = Router();
  let made: OpenApiDocument | undefined;
  // Not before somebody asks: a tenth of all that a start would cost.
  const documentOnce = () => {
    made ??= createOpenApiDocument(version);
    return made;
  };

  router.get('/', (_req, res) => {
    res.redirect(`${prefixOf(res)}/docs`);
  });

  router.get('/openapi.json', (_req, res) => {
    const document = documentOnce();
    const prefix = prefixOf(res);
    const description = String(document.info.description).replaceAll('](/', `](${prefix}/`);
    // Relative to the document itself where no proxy says what stands before it.
    res.json({ ...document, info: { ...document.info, description }, servers: [{ url: prefix || '.' }] });
  });

  router.get('/docs', policy, (req, res) => {
    res.type('html').send(pageAt(req.path.endsWith('/') ? '' : 'docs/'));
  });

  router.get('/docs/errors', policy, (_req, res) => {
    res.type('html').send(problemsAsHtml());
  });

  router.get('/docs/changelog', policy, (_req, res) => {
    res.type('html').send(textPage(apiChangelog()));
  });

  router.get('/docs/assets/page.css', (_req, res) => {
    res.type('text/css').send(STYLE);
  });

  router.get('/docs/assets/start.js', (_req, res) => {
    res.type('text/javascript').send(START);
  });

  for (const asset of ASSETS) {
    router.get(`/docs/assets/${asset}`, (_req, res) => {
      res.sendFile(join(SWAGGER_UI, asset));
    });
  }

  return router;
}
