import { PROBLEM_TYPES } from './problem-catalog.ts';
import { escapeHtml, inline } from './text-page.ts';

const TITLE = 'Errors';
const INTRODUCTION = [
  'Every error of this API is a JSON document of type `application/problem+json` (RFC 9457):',
  '`type` names the kind of problem and leads to its section below, `detail` says what went wrong this time,',
  '`instance` is the path that you asked for, and `request_id` finds your request in the logs of this API.',
].join('\n');
const EXAMPLE = `{
  "type": "/docs/errors#bad-request",
  "title": "Bad Request",
  "status": 400,
  "detail": "limit: must be a whole number from 1 to 100",
  "instance": "/api/v1/campaigns",
  "request_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  "errors": [{ "path": "limit", "message": "must be a whole number from 1 to 100" }]
}`;

/** The text of docs/errors.md. */
export function problemsAsMarkdown(): string {
  const sections = PROBLEM_TYPES.map(
    ({ slug, status, meaning, remedy }) => `## ${slug}\n\nStatus ${status}. ${meaning}\n\n${remedy}\n`,
  );
  return [`# ${TITLE}\n`, `${INTRODUCTION}\n`, `\`\`\`json\n${EXAMPLE}\n\`\`\`\n`, ...sections].join('\n');
}

/** The same as a page, whose anchors are what problem types point at. */
export function problemsAsHtml(): string {
  const sections = PROBLEM_TYPES.map(
    ({ slug, status, meaning, remedy }) =>
      `<h2 id="${slug}">${slug}</h2>\n<p>Status ${status}. ${inline(meaning)}</p>\n<p>${inline(remedy)}</p>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${TITLE}</title><meta name="viewport" content="width=device-width"><link rel="icon" href="assets/favicon-32x32.png">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}code,pre{background:#f2f2f2}pre{padding:1rem;overflow:auto}:target{background:#fff3bf}</style>
</head>
<body>
<main>
<h1>${TITLE}</h1>
<p>${inline(INTRODUCTION)}</p>
<pre tabindex="0">${escapeHtml(EXAMPLE)}</pre>
${sections.join('\n')}
</main>
</body>
</html>
`;
}
