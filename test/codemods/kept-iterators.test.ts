import { someOf } from '../support/depth.ts';
import { statusOf } from './support/status-of-route.ts';

const KEPT = 'private at = [1, 2, 3].values();';
const PAIRS = 'private pairs = new Map([[1, 2]]); private at = this.pairs.entries();';

describe('an iterator that the agent keeps is used up for others', () => {
  test.each(
    someOf([
      [`${KEPT} [Symbol.iterator]() { return this.at; }`, 'const all = [...agent as any];'],
      [`${KEPT} pages() { return this.at; }`, 'for (const page of agent.pages()) void page;'],
      [`${KEPT} all() { return [...this.at]; }`, 'agent.all();'],
      [`${KEPT} all() { return Array.from(this.at); }`, 'agent.all();'],
      [`${KEPT} all() { return new Set(this.at); }`, 'agent.all();'],
      [`${KEPT} first() { const [found] = this.at; return found; }`, 'agent.first();'],
      [`${KEPT} *all() { yield* this.at; }`, '[...agent.all()];'],
      [
        `${PAIRS} all() { const all = []; for (const each of this.at) all.push(each); return all; }`,
        'agent.all();',
      ],
      ['private at = this.count(); *count() { yield 1; } pages() { return this.at; }', '[...agent.pages()];'],
    ]),
  )('%s %s', async (members, use) => {
    expect(await statusOf({ members, use })).toBe('manual');
  });
});

describe('an iterator of one call is used up by that alone', () => {
  test.each([
    ['private rows = [1, 2, 3]; pages() { return this.rows.values(); }', '[...agent.pages()];'],
    [
      'private rows = [1, 2, 3]; *[Symbol.iterator]() { yield* this.rows; }',
      'const all = [...agent as any];',
    ],
    ['private pairs = new Map([[1, 2]]); all() { return [...this.pairs.keys()]; }', 'agent.all();'],
    ['private rows = [1, 2, 3]; first() { const [found] = this.rows; return found; }', 'agent.first();'],
  ])('%s %s', async (members, use) => {
    expect(await statusOf({ members, use })).toBe('migrated');
  });
});
