import { someOf } from '../support/depth.ts';
import { type ClassAndRoute, statusOf } from './support/status-of-route.ts';

describe('a call that leaves something in the agent keeps the place', () => {
  test.each<[string, ClassAndRoute]>(
    someOf([
      [
        'push',
        {
          members: 'private list: string[] = []; add(x: string) { this.list.push(x); }',
          use: 'agent.add(req.query.x);',
        },
      ],
      [
        'a namespace',
        {
          before: 'namespace Last { export let id = ""; export const set = (x: string) => { id = x; }; }',
          members: 'find(x: string) { Last.set(x); return x; } last() { return Last.id; }',
          use: 'agent.find(req.query.x); agent.last();',
        },
      ],
      [
        'a member of a namespace',
        {
          before: 'export namespace Last { export let id = ""; }',
          members: 'find(x: string) { Last.id = x; return x; } last() { return Last.id; }',
          use: 'agent.find(req.query.x); agent.last();',
        },
      ],
      [
        'length',
        {
          members: 'private list: string[] = []; add(x: string) { this.list[this.list.length] = x; }',
          use: 'agent.add(req.query.x);',
        },
      ],
      [
        'length=0',
        { members: 'private list: string[] = []; clear() { this.list.length = 0; }', use: 'agent.clear();' },
      ],
      [
        'a list pattern whose targets are members',
        {
          members: 'a = ""; b = ""; put(x: string) { [this.a, this.b] = x.split(","); }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'an object pattern whose target is a member',
        { members: 'a = ""; put(x: any) { ({ a: this.a } = x); }', use: 'agent.put(req.query);' },
      ],
      [
        'the rest of a pattern',
        { members: 'a: any; put(x: any) { ({ b: {}, ...this.a } = x); }', use: 'agent.put(req.query);' },
      ],
      [
        'for of',
        {
          members: 'x = ""; put(xs: string[]) { for (this.x of xs) { void 0; } }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'for in',
        { members: 'x = ""; put(xs: any) { for (this.x in xs) { void 0; } }', use: 'agent.put(req.query);' },
      ],
      [
        'for array destr',
        {
          members: 'x = ""; put(xs: any) { for ([this.x] of xs) { void 0; } }',
          use: 'agent.put(req.query);',
        },
      ],
      [
        'Object.assign',
        { members: 'o: any = {}; put(x: any) { Object.assign(this.o, x); }', use: 'agent.put(req.query);' },
      ],
      [
        'Object.assign this',
        { members: 'put(x: any) { Object.assign(this, { x }); }', use: 'agent.put(req.query);' },
      ],
      [
        'defineProperty',
        {
          members: 'put(x: any) { Object.defineProperty(this, "x", { value: x }); }',
          use: 'agent.put(req.query);',
        },
      ],
      [
        'defineProperties',
        {
          members: 'put(x: any) { Object.defineProperties(this, { x: { value: x } }); }',
          use: 'agent.put(req.query);',
        },
      ],
      [
        'Reflect.set',
        { members: 'put(x: any) { Reflect.set(this, "x", x); }', use: 'agent.put(req.query);' },
      ],
      [
        'setPrototypeOf',
        { members: 'put(x: any) { Object.setPrototypeOf(this, x); }', use: 'agent.put(req.query);' },
      ],
      [
        'delete',
        { members: 'o: any = {}; put(x: string) { delete this.o[x]; }', use: 'agent.put(req.query.x);' },
      ],
      [
        'alias self fn',
        {
          members: 'x = ""; put(x: string) { const self = this; [x].forEach(function (y) { self.x = y; }); }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'destructured this',
        {
          members: 'account: any = {}; put(x: string) { const { account } = this; account.id = x; }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'nested destr',
        {
          members:
            'http: any = { defaults: {} }; put(x: string) { const { http: { defaults } } = this; defaults.token = x; }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'weakmap',
        {
          members: 'put(x: string) { kept.set(this, x); }',
          before: 'const kept = new WeakMap<object, string>();',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'weak reference',
        {
          members:
            'ref = new WeakRef<any>({}); put(x: string) { this.ref.deref().x = x; } read() { return this.ref.deref().x; }',
          use: 'agent.put(req.query.x); res.json(agent.read());',
        },
      ],
      [
        'module var',
        {
          members: 'put(x: string) { token = x; } get() { return token; }',
          before: 'let token = "";',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'static',
        {
          members: 'static token = ""; put(x: string) { FacebookAdsAgent.token = x; }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'static ctor',
        {
          members: 'static token = ""; put(x: string) { (this.constructor as any).token = x; }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'setter',
        { members: '#t = ""; set token(x: string) { this.#t = x; }', use: 'agent.token = req.query.x;' },
      ],
      ['setter plain field', { members: 'token = "";', use: 'agent.token = req.query.x;' }],
      [
        'private method',
        {
          members: '#t = ""; #keep(x: string) { this.#t = x; } put(x: string) { this.#keep(x); }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'arrow field',
        { members: 't = ""; put = (x: string) => { this.t = x; };', use: 'agent.put(req.query.x);' },
      ],
      [
        'call via bind',
        {
          members:
            't = ""; #k(x: string) { this.t = x; } put(x: string) { const k = this.#k.bind(this); k(x); }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'call via call',
        {
          members: 't = ""; put(x: string) { keep.call(this, x); }',
          before: 'function keep(this: any, x: string) { this.t = x; }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'a function that is given this',
        {
          members: 't = ""; put(x: string) { keep(this, x); }',
          before: 'const keep = (a: any, x: string) => { a.t = x; };',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'inner object',
        {
          members: 'inner = new Inner(); put(x: string) { this.inner.setToken(x); }',
          before: 'class Inner { t = ""; setToken(x: string) { this.t = x; } }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'inner imported unknown',
        {
          members: 'inner = new Http(); put(x: string) { this.inner.setToken(x); }',
          before: 'import { Http } from "some-http";',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'interceptor',
        {
          members: 'fs: any[] = []; put(x: string) { this.fs.push((c: any) => ({ ...c, x })); }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'emitter',
        {
          members: 'h: any = {}; on(e: string, f: any) { (this.h[e] ??= []).push(f); }',
          use: 'agent.on("x", () => res.end());',
        },
      ],
      [
        'async write',
        {
          members: 't = ""; async put(x: string) { await Promise.resolve(); this.t = x; }',
          use: 'await agent.put(req.query.x);',
        },
      ],
      [
        'then write',
        {
          members: 't = ""; put(x: string) { return Promise.resolve(x).then((y) => { this.t = y; }); }',
          use: 'await agent.put(req.query.x);',
        },
      ],
      [
        'timer write',
        {
          members: 't = ""; put(x: string) { setTimeout(() => { this.t = x; }, 1); }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'inherited',
        {
          before: 'import { Base } from "./base.js";',
          extended: 'Base',
          use: 'agent.put(req.query.x);',
          files: { 'src/agents/base.ts': 'export class Base { t = ""; put(x: string) { this.t = x; } }\n' },
        },
      ],
      [
        'computed method',
        { members: 't = ""; ["put"](x: string) { this.t = x; }', use: 'agent["put"](req.query.x);' },
      ],
      [
        'optional call',
        { members: 't = ""; put(x: string) { this.t = x; }', use: 'agent.put?.(req.query.x);' },
      ],
      [
        'a field that is taken out',
        {
          members: 't = ""; put = (x: string) => { this.t = x; };',
          use: 'const { put } = agent; put(req.query.x);',
        },
      ],
      [
        'a callback of the route',
        {
          members: 't = ""; put(x: string) { this.t = x; }',
          use: '[req.query.x].forEach((x) => agent.put(x));',
        },
      ],
      [
        'getter counts',
        { members: 'n = 0; get next() { return ++this.n; }', use: 'res.set("n", String(agent.next));' },
      ],
      [
        'a page that is sent as a whole',
        {
          members:
            'private params = { page: 0 }; async find() { this.params.page += 1; return (await fetch("/rows", { method: "POST", body: JSON.stringify(this.params) })).json(); }',
          use: 'res.json(await agent.find());',
        },
      ],
      [
        'a counter that its own call gives',
        { members: 'n = 0; find() { return (this.n += 1); }', use: 'res.json(agent.find());' },
      ],
      [
        'a counter that its own call reads',
        { members: 'n = 0; find() { this.n += 1; return this.n; }', use: 'res.json(agent.find());' },
      ],
      [
        'a sum of what callers give',
        {
          members: 'private sum = 0; add(x: number) { this.sum += x; return x; }',
          use: 'agent.add(Number(req.query.x));',
        },
      ],
      [
        'a counter that another method reads',
        {
          members:
            'private s = { n: 0 }; find(x: string) { this.s.n += 1; return x; } count() { return this.s.n; }',
          use: 'agent.find(req.query.x); res.json(agent.count());',
        },
      ],
      [
        'a counter that the route reads',
        {
          members: 'n = 0; find(x: string) { this.n += 1; return x; }',
          use: 'agent.find(req.query.x); res.json(agent.n);',
        },
      ],
      [
        'where',
        {
          members: 'f: any[] = []; where(k: string, v: string) { this.f.push([k, v]); return this; }',
          use: 'agent.where("a", req.query.x);',
        },
      ],
      [
        'sort in place',
        { members: 'list = [3, 1]; sorted() { return this.list.sort(); }', use: 'agent.sorted();' },
      ],
      [
        'reverse alias',
        {
          members: 'list = [3, 1]; rev() { const l = this.list; l.reverse(); return l; }',
          use: 'agent.rev();',
        },
      ],
      [
        'spread push',
        {
          members: 'l: any[] = []; put(x: any[]) { Array.prototype.push.apply(this.l, x); }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'a computed name',
        {
          members: 'x: any; put(x: any) { const k = "x"; (this as any)[k] = x; }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'ternary target',
        {
          members: 'a: any = {}; b: any = {}; put(x: any) { (x ? this.a : this.b).t = x; }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'logical target',
        { members: 'a: any = {}; put(x: any) { (this.a || {}).t = x; }', use: 'agent.put(req.query.x);' },
      ],
      [
        'returned inner',
        {
          members: 'a: any = {}; settings() { return this.a; }',
          use: 'agent.settings().token = req.query.x;',
        },
      ],
      [
        'array at',
        { members: 'a: any[] = [{}]; put(x: any) { this.a.at(0).t = x; }', use: 'agent.put(req.query.x);' },
      ],
      [
        'find',
        {
          members: 'a: any[] = [{}]; put(x: any) { const f = this.a.find((y) => y.id === x); f.t = x; }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'headers.set',
        {
          members: 'h = new Headers(); put(x: string) { this.h.set("a", x); }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'URLSearchParams',
        {
          members: 'h = new URLSearchParams(); put(x: string) { this.h.append("a", x); }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'Date set',
        { members: 'd = new Date(); put(x: number) { this.d.setHours(x); }', use: 'agent.put(1);' },
      ],
      [
        'regexp lastIndex',
        { members: 'r = /a/g; put(x: string) { return this.r.exec(x); }', use: 'agent.put(req.query.x);' },
      ],
      [
        'typed array',
        { members: 'b = new Uint8Array(8); put(x: any) { this.b.set(x); }', use: 'agent.put(req.query.x);' },
      ],
      [
        'buffer write',
        {
          members: 'b = Buffer.alloc(8); put(x: string) { this.b.write(x); }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'last request memo by arg',
        {
          members: 'm: any = {}; load(x: string) { return (this.m ??= fetch(x)); }',
          use: 'await agent.load(req.query.x);',
        },
      ],
      [
        'an element of a map',
        {
          members:
            'm = new Map<string, any>(); constructor() { this.m.set("a", {}); } put(x: string) { this.m.get("a").token = x; }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        '[].push.call',
        {
          members: 'l: any[] = []; put(x: any) { [].push.call(this.l as never, x as never); }',
          use: 'agent.put(req.query.x);',
        },
      ],
      [
        'tick all',
        {
          members: 'l: any[] = []; tick() { this.l.push(Date.now()); } all() { return this.l; }',
          use: 'agent.tick(); res.set("n", String(agent.all()));',
        },
      ],
      [
        'all only mutated',
        {
          members: 'l: any = { a: 1 }; all() { return { l: this.l }; }',
          use: 'const { l } = agent.all(); l.a = req.query.x;',
        },
      ],
      [
        'memo result mutated',
        {
          members:
            'a?: Promise<any[]>; load() { return (this.a ??= this.get()); } private async get() { return [1]; }',
          use: 'const rows = await agent.load(); rows.push(req.query.x);',
        },
      ],
      [
        'a generator that is kept',
        {
          members:
            'ids = (function* () { let n = 0; while (true) yield n++; })(); take() { return this.ids.next().value; }',
          use: 'kept.push(agent.take());',
        },
      ],
      [
        'a generator of a method that is kept',
        {
          members:
            'ids = this.count(); *count() { let n = 0; while (true) yield n++; } take() { return this.ids.next().value; }',
          use: 'kept.push(agent.take());',
        },
      ],
      [
        'a loop over a generator that is kept',
        {
          members:
            'ids = (function* () { yield 1; yield 2; })(); take() { for (const id of this.ids) return id; return 0; }',
          use: 'kept.push(agent.take());',
        },
      ],
      [
        'an iterator of a map that is kept',
        {
          members: 'ids = new Map([["a", 1]]).keys(); take() { return this.ids.next().value; }',
          use: 'kept.push(agent.take());',
        },
      ],
      [
        'a reader of a stream that is kept',
        {
          members:
            'reader = new ReadableStream().getReader(); async take() { return (await this.reader.read()).value; }',
          use: 'kept.push(await agent.take());',
        },
      ],
      [
        'a loop over an agent that iterates itself',
        {
          members:
            'at = 0; [Symbol.iterator]() { return this; } next() { this.at += 1; return { done: this.at > 2, value: this.at }; }',
          use: 'for (const each of agent) kept.push(each);',
        },
      ],
      [
        'such an agent, spread',
        {
          members:
            'at = 0; [Symbol.iterator]() { return this; } next() { this.at += 1; return { done: this.at > 2, value: this.at }; }',
          use: 'kept.push(...agent);',
        },
      ],
      [
        'such an agent, taken apart',
        {
          members:
            'at = 0; [Symbol.iterator]() { return this; } next() { this.at += 1; return { done: this.at > 2, value: this.at }; }',
          use: 'const [first] = agent; kept.push(first);',
        },
      ],
      [
        'such an agent, listed',
        {
          members:
            'at = 0; [Symbol.iterator]() { return this; } next() { this.at += 1; return { done: this.at > 2, value: this.at }; }',
          use: 'kept.push(Array.from(agent));',
        },
      ],
      [
        'such an agent, asked for its iterator',
        {
          members:
            'at = 0; [Symbol.iterator]() { return this; } next() { this.at += 1; return { done: this.at > 2, value: this.at }; }',
          use: 'kept.push(agent[Symbol.iterator]().next());',
        },
      ],
      [
        'an agent that is its own async iterator',
        {
          members:
            'at = 0; [Symbol.asyncIterator]() { return this; } next() { this.at += 1; return { done: this.at > 2, value: this.at }; }',
          use: 'for await (const each of agent) kept.push(each);',
        },
      ],
      [
        'abort',
        { members: 'c = new AbortController(); cancel() { this.c.abort(); }', use: 'agent.cancel();' },
      ],
      [
        'a header that goes',
        { members: 'h = new Headers({ a: "1" }); drop() { this.h.delete("a"); }', use: 'agent.drop();' },
      ],
      [
        'a buffer that is filled',
        { members: 'b = Buffer.alloc(8); blank() { this.b.fill(0); }', use: 'agent.blank();' },
      ],
      [
        'a stream that ends',
        {
          before: 'import { PassThrough } from "node:stream";',
          members: 's = new PassThrough(); finish() { this.s.end(); }',
          use: 'agent.finish();',
        },
      ],
      [
        'an inner client that is closed',
        {
          before: 'import { Http } from "some-http";',
          members: 'inner = new Http(); async done() { await this.inner.disconnect(); }',
          use: 'await agent.done();',
        },
      ],
      [
        'memo result sorted',
        {
          members: 'a?: any[]; load() { this.a ??= [3, 1]; return this.a; }',
          use: 'res.json(agent.load().sort());',
        },
      ],
    ]),
  )('%s', async (_what, given) => {
    expect(await statusOf(given)).toBe('manual');
  });
});

describe('a call that leaves nothing is migrated', () => {
  test.each<[string, ClassAndRoute]>(
    someOf([
      [
        'a generator that each call makes anew',
        {
          members:
            '*count() { let n = 0; while (n < 9) yield n++; } take() { const ids = this.count(); return ids.next().value; }',
          use: 'kept.push(agent.take());',
        },
      ],
      [
        'pages of a generator that is called',
        {
          members: 'async *pages(id: string) { for (let n = 0; n < 2; n++) yield id + n; }',
          use: 'for await (const page of agent.pages(req.query.id)) kept.push(page);',
        },
      ],
      [
        'an iterator of a map that is made anew',
        {
          members: 'ids = new Map([["a", 1]]); take() { return this.ids.keys().next().value; }',
          use: 'kept.push(agent.take());',
        },
      ],
      [
        'a loop over an agent whose iterators are new ones',
        {
          members: '*[Symbol.iterator]() { yield 1; yield 2; }',
          use: 'for (const each of agent) kept.push(each); kept.push(...agent);',
        },
      ],
      [
        'a controller of the call itself',
        {
          members:
            'async go() { const c = new AbortController(); const t = setTimeout(() => c.abort(), 9); await fetch("http://a", { signal: c.signal }); clearTimeout(t); }',
          use: 'await agent.go();',
        },
      ],
      [
        'a connection that is given back',
        {
          before: 'import { Pool } from "some-pool";',
          members:
            'pool = new Pool(); async go() { const c = await this.pool.getConnection(); try { return await c.query("a"); } finally { c.end(); } }',
          use: 'await agent.go();',
        },
      ],
      [
        'a broken connection that is made anew',
        {
          before: 'import { Http } from "some-http";',
          members:
            'inner = new Http(); async go() { try { return await this.inner.get("a"); } catch { await this.inner.close(); this.inner = new Http(); return null; } }',
          use: 'await agent.go();',
        },
      ],
      [
        'a method that closes and that nobody calls',
        {
          before: 'import { Http } from "some-http";',
          members:
            'inner = new Http(); async go() { return await this.inner.get("a"); } async done() { await this.inner.end(); }',
          use: 'await agent.go();',
        },
      ],
      [
        'fresh result mutated',
        {
          members: 'async load() { return [{ id: 1 } as any]; }',
          use: 'const rows = await agent.load(); rows.push(req.query.x); rows[0].name = req.query.x;',
        },
      ],
      [
        'fetched result mutated',
        {
          members: 'async load(): Promise<any> { const r = await fetch("http://a"); return r.json(); }',
          use: 'const rows = await agent.load(); rows.sort(); rows[0].name = req.query.x;',
        },
      ],
      [
        'client result mutated',
        {
          members:
            'http = new Http(); async load(): Promise<any> { const { data } = await this.http.get("/a"); return data; }',
          before: 'import { Http } from "some-http";',
          use: 'const rows = await agent.load(); rows.sort(); rows[0].name = req.query.x;',
        },
      ],
      [
        'copy result mutated',
        {
          members: 'l = [{ id: 1 }]; load() { return this.l.map((x) => ({ ...x })); }',
          use: 'const rows: any = agent.load(); rows.sort(); rows[0].name = req.query.x;',
        },
      ],
      [
        'kept result read',
        {
          members: 'l: any = { a: 1 }; settings() { return this.l; }',
          use: 'const s = agent.settings(); res.set("a", s.a);',
        },
      ],
      [
        'module regex',
        {
          members: 'q(x: string) { return RE.exec(x); }',
          before: 'const RE = /a/;',
          use: 'res.json(agent.q(req.query.x));',
        },
      ],
      [
        'regex replace',
        {
          members: 'r = /a/g; q(x: string) { return x.replace(this.r, "b"); }',
          use: 'res.json(agent.q(req.query.x));',
        },
      ],
      [
        'hasOwn call',
        {
          members: 'o: any = {}; q(x: string) { return Object.prototype.hasOwnProperty.call(this.o, x); }',
          use: 'res.json(agent.q(req.query.x));',
        },
      ],
      [
        'slice call',
        {
          members: 'l = [1]; q() { return Array.prototype.slice.call(this.l); }',
          use: 'res.json(agent.q());',
        },
      ],
      ['constructor name', { members: 'q() { return this.constructor.name; }', use: 'res.json(agent.q());' }],
      [
        'memo',
        {
          members:
            'a?: Promise<string>; load() { return (this.a ??= this.fetchIt()); } private async fetchIt() { return "a"; }',
          use: 'await agent.load();',
        },
      ],
      [
        'memo if',
        {
          members:
            'a?: string; async load() { if (!this.a) this.a = await this.fetchIt(); return this.a; } private async fetchIt() { return "a"; }',
          use: 'await agent.load();',
        },
      ],
      [
        'local copy',
        {
          members: 'o = { a: 1 }; with(x: any) { const o = { ...this.o }; o.a = x; return o; }',
          use: 'res.json(agent.with(req.query.x));',
        },
      ],
      [
        'local array',
        {
          members: 'l = [1]; with(x: any) { const l = [...this.l]; l.push(x); return l; }',
          use: 'res.json(agent.with(req.query.x));',
        },
      ],
      [
        'slice sort',
        { members: 'l = [1]; with() { return this.l.slice().sort(); }', use: 'res.json(agent.with());' },
      ],
      [
        'toSorted',
        { members: 'l = [1]; with() { return this.l.toSorted(); }', use: 'res.json(agent.with());' },
      ],
      [
        'map filter',
        {
          members: 'l = [1]; with(x: any) { return this.l.map((y) => y * x).filter(Boolean); }',
          use: 'res.json(agent.with(req.query.x));',
        },
      ],
      [
        'local let',
        {
          members: 'with(xs: any) { let n = 0; for (const x of xs) n += x; return n; }',
          use: 'res.json(agent.with(req.query.x));',
        },
      ],
      [
        'new object method',
        {
          members: 'with(x: string) { const u = new URLSearchParams(); u.set("a", x); return u.toString(); }',
          use: 'res.json(agent.with(req.query.x));',
        },
      ],
      [
        'fetch',
        {
          members:
            'async q(x: string) { const r = await fetch("http://a/" + x, { headers: { a: x } }); return r.json(); }',
          use: 'res.json(await agent.q(req.query.x));',
        },
      ],
      [
        'builder local',
        {
          members: 'q(x: string) { return new Query().where(x).build(); }',
          before:
            'class Query { f: string[] = []; where(x: string) { this.f.push(x); return this; } build() { return this.f.join(); } }',
          use: 'res.json(agent.q(req.query.x));',
        },
      ],
      [
        'reduce into object',
        {
          members: 'q(xs: any[]) { return xs.reduce((o, x) => { o[x] = 1; return o; }, {} as any); }',
          use: 'res.json(agent.q([]));',
        },
      ],
      [
        'a pattern of locals',
        {
          members: 'q(x: any) { let a; let b; [a, b] = x; ({ a } = x); return a + b; }',
          use: 'res.json(agent.q(req.query));',
        },
      ],
      [
        'Object.assign new',
        {
          members: 'o = { a: 1 }; q(x: any) { return Object.assign({}, this.o, x); }',
          use: 'res.json(agent.q(req.query));',
        },
      ],
      [
        'Map local',
        {
          members: 'q(xs: any[]) { const m = new Map(); for (const x of xs) m.set(x, 1); return [...m]; }',
          use: 'res.json(agent.q([]));',
        },
      ],
      ['private read', { members: '#t = "a"; q() { return this.#t; }', use: 'res.json(agent.q());' }],
      [
        'try catch',
        {
          members:
            'async q(x: string) { try { return await fetch(x); } catch (e) { throw new Error("x", { cause: e }); } }',
          use: 'res.json(await agent.q(req.query.x));',
        },
      ],
      [
        'console',
        { members: 'q(x: string) { console.log(x); return x; }', use: 'res.json(agent.q(req.query.x));' },
      ],
      [
        'Promise.all',
        {
          members:
            'async q(xs: string[]) { return Promise.all(xs.map((x) => this.r(x))); } private async r(x: string) { return x; }',
          use: 'res.json(await agent.q([]));',
        },
      ],
      [
        'regex test',
        {
          members: 'r = /a/; q(x: string) { return this.r.test(x); }',
          use: 'res.json(agent.q(req.query.x));',
        },
      ],
      [
        'structuredClone',
        {
          members: 'o: any = {}; q(x: any) { const c = structuredClone(this.o); c.x = x; return c; }',
          use: 'res.json(agent.q(req.query.x));',
        },
      ],
      [
        'JSON',
        {
          members:
            'o: any = {}; q(x: any) { const c = JSON.parse(JSON.stringify(this.o)); c.x = x; return c; }',
          use: 'res.json(agent.q(req.query.x));',
        },
      ],
      [
        'async iter local',
        {
          members:
            'async q(x: string) { const rows: any[] = []; let next: any = x; while (next) { const p: any = await this.page(next); rows.push(...p.data); next = p.next; } return rows; } private async page(_x: string): Promise<any> { return { data: [] }; }',
          use: 'res.json(await agent.q(req.query.x));',
        },
      ],
    ]),
  )('%s', async (_what, given) => {
    expect(await statusOf(given)).toBe('migrated');
  });
});

const MIDDLEWARE = (imports: string, set: string) => ({
  'src/who.ts': `import { ${imports} } from './state.js';
export function who(req: any, _res: any, next: any) { ${set} next(); }
`,
});
const SESSION =
  'export class Session { static one = new Session(); token = ""; static get() { return this.one; } }';
const BOX =
  'const box = () => { let id = ""; return { put: (x: string) => { id = x; }, take: () => id, url: "x" }; };';

/** A constructor that reads a part of the settings, which these functions set, and what a handler does. */
const settings = (state: string, handler: string, more: Record<string, string> = {}): ClassAndRoute => ({
  before: "import { config } from '../state.js';",
  members: 'token = config.auth.token;',
  files: {
    'src/state.ts': `export const config = { auth: { token: "" } };\n${state}\n`,
    'src/make.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
export const make = () => new FacebookAdsAgent();
`,
    'src/sign-in.ts': `import * as kept from './state.js';
import { make } from './make.js';
${handler}
`,
    ...more,
  },
});
const USE_TOKEN = 'export function useToken(token: string) { config.auth.token = token; }';
const PREPARE = `${USE_TOKEN}\nexport const prepare = (req: any) => useToken(req.body.token);`;

/** What a constructor reads: the module of it, and what sets it. */
const read = (imports: string, state: string, value: string, set: string): ClassAndRoute => ({
  before: `import { ${imports} } from '../state.js';`,
  members: `token = ${value};`,
  files: { 'src/state.ts': `${state}\n`, ...MIDDLEWARE(imports, set) },
});

describe('a constructor that reads what a request sets keeps the place', () => {
  test.each<[string, ClassAndRoute]>(
    someOf([
      [
        'a static that a static method sets',
        {
          members: 'static t = ""; static use(x: string) { this.t = x; } token = FacebookAdsAgent.t;',
          use: 'FacebookAdsAgent.use(req.query.t);',
        },
      ],
      [
        'a private static behind accessors',
        {
          members:
            'static #t = ""; static set t(x: string) { this.#t = x; } static get t() { return this.#t; } token = FacebookAdsAgent.t;',
          use: 'FacebookAdsAgent.t = req.query.t;',
        },
      ],
      [
        'an instance of a class',
        read('Session', SESSION, 'Session.one.token', 'Session.one.token = req.query.t;'),
      ],
      [
        'an instance that a method gives',
        read('Session', SESSION, 'Session.get().token', 'Session.get().token = req.query.t;'),
      ],
      [
        'an instance by another name',
        read(
          'Session',
          SESSION,
          'Session.get().token',
          'const own = Session.get(); own.token = req.query.t;',
        ),
      ],
      [
        'an instance that is exported',
        read(
          'session',
          `${SESSION}\nexport const session = new Session();`,
          'session.token',
          'session.token = req.query.t;',
        ),
      ],
      [
        'settings that a handler sets before a factory builds',
        settings(
          '',
          'export async function signIn(req: any, res: any) { kept.config.auth.token = req.body.token; const agent = make(); res.json(agent); }',
        ),
      ],
      [
        'settings that a function sets behind another one',
        settings(
          PREPARE,
          'export async function signIn(req: any, res: any) { kept.prepare(req); const agent = make(); res.json(agent); }',
        ),
      ],
      [
        'settings that a middleware sets by a function of its own file',
        settings(
          USE_TOKEN,
          'const note = (req: any) => { kept.useToken(req.body.token); };\nexport function who(req: any, _res: any, next: any) { note(req); next(); }',
        ),
      ],
      [
        'settings that are set by what a promise is given',
        settings(
          USE_TOKEN,
          'export async function signIn(req: any, res: any) { await req.session().then(kept.useToken); res.json(make()); }',
        ),
      ],
      [
        'settings that are set and an agent that is built through other files',
        settings(USE_TOKEN, '', {
          'src/auth.ts':
            'import { useToken } from "./state.js";\nexport const login = (req: any) => useToken(req.body.token);\n',
          'src/build.ts': 'import { make } from "./make.js";\nexport function build() { return make(); }\n',
          'src/enter.ts':
            'import { login } from "./auth.js";\nimport { build } from "./build.js";\nexport function enter(req: any, res: any) { login(req); res.json(build()); }\n',
        }),
      ],
      [
        'settings that a method sets for another one, which builds',
        settings(
          USE_TOKEN,
          'export class SignIn { enter(req: any) { this.keep(req.token); return this.agent(); } private keep(token: string) { kept.useToken(token); } private agent() { return make(); } }',
        ),
      ],
      [
        'a variable of a function',
        read('kept', `${BOX}\nexport const kept = box();`, 'kept.take()', 'kept.put(req.query.t);'),
      ],
      [
        'a variable of a namespace',
        read('Kept', 'export namespace Kept { export let id = ""; }', 'Kept.id', 'Kept.id = req.query.t;'),
      ],
      [
        'the resource of what goes on',
        {
          before: "import { executionAsyncResource } from 'node:async_hooks';",
          members: 'token = (executionAsyncResource() as any).t;',
        },
      ],
      ['the domain', { members: 'token = (process as any).domain?.t;' }],
      [
        'the context of a package',
        {
          before: "import { RequestContext } from 'nestjs-request-context';",
          members: 'token = RequestContext.currentContext.req.token;',
        },
      ],
    ]),
  )('%s', async (_what, given) => {
    expect(await statusOf(given)).toBe('manual');
  });
});

describe('a constructor that reads what no request sets is migrated', () => {
  test.each<[string, ClassAndRoute]>(
    someOf([
      [
        'a static',
        {
          members:
            'static url = "x"; static parse(x: string) { const url = x; return url; } token = FacebookAdsAgent.url;',
        },
      ],
      [
        'what a static makes once for all',
        {
          members:
            'static one?: object; static shared() { return (this.one ??= {}); } shared = FacebookAdsAgent.shared();',
        },
      ],
      [
        'an instance beside one that a request has of its own',
        read(
          'Session, session',
          `${SESSION}\nexport const session = new Session();`,
          'session.token',
          'const own = new Session(); own.token = req.query.t; req.session = own;',
        ),
      ],
      [
        'a part beside a variable of a function',
        read('kept', `${BOX}\nexport const kept = box();`, 'kept.url', 'kept.put(req.query.t);'),
      ],
      [
        'a namespace',
        read(
          'Kept',
          'export namespace Kept { export const id = "x"; export let other = ""; }',
          'Kept.id',
          'Kept.other = req.query.t;',
        ),
      ],
      [
        'settings that a handler sets which ends there',
        {
          before: "import { config } from '../state.js';",
          members: 'token = config.auth.token;',
          files: {
            'src/state.ts': 'export const config = { auth: { token: "" } };\n',
            'src/admin.ts':
              "import { config } from './state.js';\nexport function save(req: any, res: any, next: any) { if (!req.body) return next(new Error('none')); const { auth } = config; auth.token = req.body.token; res.end(); }\n",
          },
        },
      ],
      [
        'settings that one route sets and ends, beside one that builds',
        settings(
          PREPARE,
          'export function routes(app: any) { app.post("/settings", (req: any, res: any) => { kept.prepare(req); res.end(); }); app.get("/", (_req: any, res: any) => { res.json(make()); }); }',
        ),
      ],
      [
        'settings that are set before routes are made which build',
        settings(
          USE_TOKEN,
          'export function start(app: any) { kept.useToken("x"); routes(app); }\nfunction routes(app: any) { app.get("/", (_req: any, res: any) => { res.json(make()); }); app.get("/show", show); }\nfunction show(_req: any, res: any) { res.json(make()); }',
        ),
      ],
      [
        'settings that one job sets, beside another one that builds',
        settings(
          USE_TOKEN,
          'export function plan(jobs: any) { jobs.each("a", () => { kept.useToken("x"); }); jobs.each("b", () => { make(); }); }',
        ),
      ],
      [
        'settings that a job sets by a method, of a name that a method of another file has which builds',
        settings(
          USE_TOKEN,
          'import { scan } from "./scan.js";\nexport function plan(jobs: any) { jobs.each("a", () => { scan.run(); }); }',
          {
            'src/scan.ts':
              'import { useToken } from "./state.js";\nexport const scan = { run() { useToken("x"); } };\n',
            'src/refresh.ts':
              'import { make } from "./make.js";\nexport const refresh = { run() { return make(); } };\n',
          },
        ),
      ],
      [
        'settings of which a handler that builds sets nothing',
        settings(
          `${USE_TOKEN}\nuseToken("x");\nexport const keep = (token: string) => token;`,
          'export async function signIn(req: any, res: any) { const token = kept.keep(req.body.token); const copy = { auth: { token: "" } }; copy.auth.token = token; res.json([copy, make()]); }',
        ),
      ],
      [
        'an object beside one of the same shape',
        read(
          'config, copy',
          'export const config = { auth: { token: "" } };\nexport const copy = () => ({ token: "" });',
          'config.auth.token',
          'const own = { token: "" }; own.token = req.query.t; req.own = own;',
        ),
      ],
    ]),
  )('%s', async (_what, given) => {
    expect(await statusOf(given)).toBe('migrated');
  });
});
