/** How a report looks: light or dark as its reader likes it, from a telephone's width up, and on paper. */
export const HTML_STYLE = `
:root {
  --paper: #fff; --ink: #1b1f24; --quiet: #57606a; --line: #d0d7de; --panel: #f6f8fa;
  --added: #116329; --added-paper: #dafbe1; --taken: #82071e; --taken-paper: #ffebe9; --hunk: #0550ae;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0d1117; --ink: #e6edf3; --quiet: #9ea7b3; --line: #3d444d; --panel: #161b22;
    --added: #7ee787; --added-paper: #12261e; --taken: #ffa198; --taken-paper: #301a1f; --hunk: #79c0ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 70rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 0.75rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line); font-size: 1.25rem; }
h3 { margin: 0; font-size: 1rem; }
code, pre { font: 0.875rem/1.5 ui-monospace, monospace; }
.id, .counts { color: var(--quiet); font-weight: normal; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 0.75rem; margin: 1.5rem 0 0; }
.figures div { display: flex; flex-direction: column-reverse; padding: 0.75rem 1rem; border-radius: 0.5rem; background: var(--panel); }
.figures dt { color: var(--quiet); font-size: 0.875rem; }
.figures dd { margin: 0; font-size: 1.75rem; font-weight: 600; line-height: 1.2; }
article details { margin: 0.75rem 0 0; }
.recipe { padding: 0 1rem 0.75rem; }
pre.recipe { margin: 0.5rem 0 0; padding: 0.5rem 0; white-space: pre-wrap; }
article, details { margin: 0 0 1rem; border: 1px solid var(--line); border-radius: 0.5rem; }
article { padding: 0.75rem 1rem; }
article p { margin: 0.5rem 0 0; }
article ul { margin: 0.5rem 0 0; padding-left: 1.25rem; }
summary { padding: 0.5rem 1rem; cursor: pointer; }
pre { margin: 0; padding: 0.5rem 0; border-top: 1px solid var(--line); overflow-x: auto; }
pre span { display: inline-block; min-width: 100%; padding: 0 1rem; white-space: pre; }
.added { background: var(--added-paper); color: var(--added); }
.taken { background: var(--taken-paper); color: var(--taken); }
.hunk { color: var(--hunk); }
.name { color: var(--quiet); }
:focus-visible { outline: 2px solid var(--hunk); outline-offset: -2px; }
@media print {
  :root { --paper: #fff; --ink: #000; --quiet: #444; --line: #999; --panel: #fff; --hunk: #0550ae;
    --added: #0a4a1e; --added-paper: #fff; --taken: #82071e; --taken-paper: #fff; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  article, .figures div { break-inside: avoid; }
  pre span { white-space: pre-wrap; }
  .figures div { border: 1px solid var(--line); }
}
`;
