import { someOf } from '../support/depth.ts';
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

const MODULE = 'let last = ""; const seen = new Map<string, unknown>();';

test.each(
  someOf([
    [
      'a block before it',
      `async load(path: string) { { const last = "/"; await fetch(last); } last = path; return [last]; } async again() { return [last]; }`,
    ],
    [
      'the head of a loop',
      `async load(path: string) { for (const last of ["/"]) await fetch(last); last = path; return []; } async again() { return [last]; }`,
    ],
    [
      'a counter',
      `async load(path: string) { for (let last = 0; last < 2; last++) await fetch("/" + last); last = path; return []; } async again() { return [last]; }`,
    ],
    [
      'what is caught',
      `async load(path: string) { try { await fetch("/"); } catch (last) { throw last; } last = path; return []; } async again() { return [last]; }`,
    ],
    [
      'a pattern of a block',
      `async load(path: string) { { const { last } = { last: "/" }; await fetch(last); } last = path; return []; } async again() { return [last]; }`,
    ],
    [
      'a case of a switch',
      `async load(path: string) { switch (path) { case "/": const last = "/"; await fetch(last); } last = path; return []; } async again() { return [last]; }`,
    ],
    [
      'a block, of a map',
      `async load(path: string) { { const seen = 1; await fetch("/" + seen); } seen.set("last", path); return []; } async again() { return [seen.get("last")]; }`,
    ],
    [
      'a class of a block',
      `async load(path: string) { { class last {} new last(); } last = path; return []; } async again() { return [last]; }`,
    ],
    [
      'a function of a block',
      `async load(path: string) { { function last() {} last(); } last = path; return []; } async again() { return [last]; }`,
    ],
    [
      'a static block',
      `static { const last = "/"; void last; } async load(path: string) { last = path; return []; } async again() { return [last]; }`,
    ],
  ]),
)('what a variable of the module keeps is seen behind %s of its name', async (_name, members) => {
  expect(await statusOf({ before: MODULE, members, use })).toBe('manual');
});

test.each([
  ['a block', `async load(path: string) { { const last = path; await fetch(last); } return []; }`],
  [
    'the head of a loop',
    `async load(path: string) { for (const last of [path]) await fetch(last); return []; }`,
  ],
  [
    'a counter',
    `async load(path: string) { for (let last = 0; last < path.length; last++) await fetch(path); return []; }`,
  ],
  [
    'what is caught',
    `async load(path: string) { try { await fetch(path); } catch (last) { throw last; } return []; }`,
  ],
  [
    'a case of a switch',
    `async load(path: string) { switch (path) { case "/": let last = path; last = path; await fetch(last); } return []; }`,
  ],
])('what %s declares is not what the module has by that name', async (_name, members) => {
  expect(
    await statusOf({ before: MODULE, members: `${members} async again() { return [last]; }`, use }),
  ).toBe('migrated');
});
