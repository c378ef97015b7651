import { statusOf } from './support/status-of-route.ts';

const CONNECTION = 'private session = "";';
const use = 'res.json(await (agent as any).load(req.query.id));';

test.each([
  [
    'in a condition and after it',
    `${CONNECTION} async load(path: string) { if (!this.session) { const r = await fetch("/session"); this.session = await r.text(); } const r = await fetch(path); return r.json(); }`,
  ],
  [
    'in both ways of a condition',
    `${CONNECTION} async load(path: string) { if (!this.session) { let r = await fetch("/session"); this.session = await r.text(); } else { let r = path; return r; } return []; }`,
  ],
  [
    'of a pattern, and a parameter',
    `${CONNECTION} async load(text: string) { if (!this.session) { const { text } = await (await fetch("/session")).json(); this.session = text; } return text; }`,
  ],
])('variables of one name %s are told apart', async (_name, members) => {
  expect(await statusOf({ members, use })).toBe('migrated');
});

test.each([
  [
    'the one of a block',
    `${CONNECTION} async load(path: string) { const r = await fetch("/"); if (r.ok) { const r = path; this.session = r; } return r.text(); }`,
  ],
  [
    'the one around a block',
    `${CONNECTION} async load(path: string) { let r = path; if (path) { const r = "/"; await fetch(r); } this.session = r; return []; }`,
  ],
  [
    'the one around, set in a block of another',
    `${CONNECTION} async load(path: string) { let r = ""; { const q = path; r = q; } { const q = "/"; await fetch(q); } this.session = r; return []; }`,
  ],
  [
    'one that a function within has',
    `${CONNECTION} async load(path: string) { const r = "/"; { const r = path; await Promise.resolve().then(() => { this.session = r; }); } return r; }`,
  ],
  [
    'one that a block returns into',
    `${CONNECTION} pick(path: string) { const r = "/"; if (path) { const r = path; return r; } return r; } async load(path: string) { this.session = this.pick(path); return []; }`,
  ],
])('what is kept by a variable of the name of another is kept: %s', async (_name, members) => {
  expect(await statusOf({ members, use })).toBe('manual');
});
