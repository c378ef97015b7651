import { deeply } from '../support/depth.ts';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { check, GROUND, NEW_WAY, OLD_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const GUIDE = '- [x] `src/utils/agent-cache.ts`\n- [x] `src/api/a.ts`\n';

function git(folder: string, ...args: string[]): string {
  const settings = ['user.name=t', 'user.email=t@example.invalid', 'protocol.file.allow=always'];
  return execFileSync('git', ['-C', folder, ...settings.flatMap((each) => ['-c', each]), ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

/** A migrated tree with more files, all of them committed. */
function committed(files: Record<string, string>, below = ''): Tree {
  const inside = Object.entries({ ...GROUND, 'src/api/a.ts': NEW_WAY, 'MIGRATION.md': GUIDE, ...files });
  const tree = new Tree(Object.fromEntries(inside.map(([name, text]) => [path.join(below, name), text])));
  git(tree.root, 'init', '--quiet');
  git(tree.root, 'add', '.');
  git(tree.root, 'commit', '--quiet', '--message', 'all');
  return tree;
}

function without(tree: Tree, ...patterns: string[]): void {
  git(tree.root, 'sparse-checkout', 'set', '--no-cone', '/*', ...patterns.map((each) => `!${each}`));
}

function unlisted({ items }: Awaited<ReturnType<typeof report>>): string[] {
  return items.filter(({ verdict }) => verdict === 'unlisted').map((each) => each.path);
}

describe('a sparse checkout', () => {
  test('says nothing about what it leaves out, where that names the agent', async () => {
    const tree = committed({ 'src/jobs/j.ts': OLD_WAY, 'src/jobs/k.ts': OLD_WAY });
    without(tree, 'src/jobs/');
    const { exitCode, stderr } = await check(tree);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('src/jobs/j.ts and 1 more would have to be read, and a sparse checkout');
  });

  deeply('says nothing where git lacks what it leaves out, as in a partial clone', async () => {
    const tree = committed({ 'src/jobs/j.ts': `${OLD_WAY}// not fetched\n` });
    const object = git(tree.root, 'rev-parse', ':src/jobs/j.ts').trim();
    without(tree, 'src/jobs/');
    rmSync(tree.path(`.git/objects/${object.slice(0, 2)}/${object.slice(2)}`));
    const { exitCode, stderr } = await check(tree);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('git cannot search the files that a sparse checkout leaves out (1)');
  });

  test('is seen whole by --staged', async () => {
    const tree = committed({ 'src/jobs/j.ts': OLD_WAY });
    without(tree, 'src/jobs/');
    expect(unlisted(await report(tree, ['--staged']))).toEqual(['src/jobs/j.ts']);
  });

  deeply('may leave out what has nothing to do with the agent, tests, and what is excluded', async () => {
    const tree = committed({
      'docs/example.ts': 'export {};\n',
      'test/j.test.ts': OLD_WAY,
      'old/j.ts': OLD_WAY,
      'agent-cache.config.json': '{"exclude":["old/**"]}',
    });
    without(tree, 'docs/', 'test/', 'old/');
    expect((await report(tree)).ok).toBe(true);
  });

  deeply('counts below the root alone', async () => {
    const tree = committed({ '../jobs/j.ts': OLD_WAY }, 'app');
    without(tree, 'jobs/');
    const { exitCode } = await check(tree, ['--root', path.join(tree.root, 'app')]);
    expect(exitCode).toBe(0);
  });

  deeply('a file that somebody deleted is no part of it', async () => {
    const tree = committed({ 'src/jobs/j.ts': OLD_WAY });
    rmSync(tree.path('src/jobs/j.ts'));
    expect((await report(tree)).ok).toBe(true);
  });
});

describe('a submodule', () => {
  function withSubmodule(files: Record<string, string>): Tree {
    const tree = committed({});
    const other = new Tree(files);
    git(other.root, 'init', '--quiet');
    git(other.root, 'add', '.');
    git(other.root, 'commit', '--quiet', '--message', 'all');
    git(tree.root, 'submodule', '--quiet', 'add', other.root, 'sub');
    git(tree.root, 'commit', '--quiet', '--message', 'sub');
    return tree;
  }
  const OLD_BELOW = OLD_WAY.replace('../agents', '../../src/agents');

  test('is part of the tree', async () => {
    const tree = withSubmodule({ 'api/b.ts': OLD_BELOW });
    expect(unlisted(await report(tree))).toEqual(['sub/api/b.ts']);
  });

  deeply('tells itself what it ignores', async () => {
    const tree = withSubmodule({ 'api/b.ts': 'export {};\n', '.gitignore': 'gen/\n' });
    tree.write('sub/gen/b.ts', OLD_BELOW);
    expect((await report(tree)).ok).toBe(true);
  });

  deeply('may be the root itself', async () => {
    const tree = withSubmodule({
      ...GROUND,
      'src/api/a.ts': NEW_WAY,
      'MIGRATION.md': GUIDE,
      '.gitignore': 'gen/\n',
    });
    tree.write('sub/gen/b.ts', OLD_WAY);
    tree.write('sub/src/api/new.ts', OLD_WAY);
    const { exitCode, stdout } = await check(tree, ['--root', tree.path('sub')]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('src/api/new.ts');
    expect(stdout).not.toContain('gen/b.ts');
  });
});

test('what git ignores is not read, unless git has it all the same', async () => {
  const tree = committed({ '.gitignore': 'src/gen/\nsrc/own/\n' });
  tree.write('src/gen/b.ts', OLD_WAY);
  expect((await report(tree)).ok).toBe(true);
  tree.write('src/own/c.ts', OLD_WAY);
  git(tree.root, 'add', '--force', 'src/own/c.ts');
  expect(unlisted(await report(tree))).toEqual(['src/own/c.ts']);
});

deeply('a linked work tree and a root behind a link are read as they stand', async () => {
  const tree = committed({ '.gitignore': 'gen/\n' });
  git(tree.root, 'worktree', 'add', '--quiet', 'linked', 'HEAD');
  tree.write('linked/gen/b.ts', OLD_WAY);
  tree.write('linked/src/api/new.ts', OLD_WAY);
  const place = new Tree({});
  symlinkSync(tree.path('linked'), place.path('link'), 'dir');
  for (const root of [tree.path('linked'), place.path('link')]) {
    const { exitCode, stdout } = await check(tree, ['--root', root]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('src/api/new.ts');
    expect(stdout).not.toContain('gen/b.ts');
  }
});

deeply('a root below the top of its repository has the ignored files of both', async () => {
  const tree = committed({ '../.gitignore': 'made/\n', '.gitignore': 'gen/\n' }, 'app');
  for (const folder of ['made', 'gen', 'src/own']) {
    mkdirSync(tree.path(`app/${folder}`), { recursive: true });
    writeFileSync(tree.path(`app/${folder}/b.ts`), OLD_WAY);
  }
  const { exitCode, stdout } = await check(tree, ['--root', tree.path('app')]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('src/own/b.ts');
  expect(stdout).not.toMatch(/(?:made|gen)\/b\.ts/);
});

describe('--staged', () => {
  deeply('sees the commit of a submodule that is staged, and nothing that is left in it', async () => {
    const library = new Tree({ 'x.ts': OLD_WAY.replace('../agents/', '../../src/agents/') });
    const commit = (folder: string) => {
      git(folder, 'add', '.');
      git(folder, 'commit', '--quiet', '--message', 'next');
    };
    git(library.root, 'init', '--quiet');
    commit(library.root);
    const tree = committed({});
    git(tree.root, 'submodule', '--quiet', 'add', library.root, 'lib/shared');
    expect(unlisted(await report(tree, ['--staged']))).toEqual(['lib/shared/x.ts']);
    tree.write('lib/shared/x.ts', 'export const x = 1;\n');
    expect(unlisted(await report(tree, ['--staged']))).toEqual(['lib/shared/x.ts']);
    commit(tree.path('lib/shared'));
    expect(unlisted(await report(tree, ['--staged']))).toEqual(['lib/shared/x.ts']);
    git(tree.root, 'add', 'lib/shared');
    expect(unlisted(await report(tree, ['--staged']))).toEqual([]);
  });

  deeply('has listed files of submodules', async () => {
    const library = committed({ 'src/b.ts': 'export const b = 1;\n' });
    const tree = committed({ 'MIGRATION.md': `${GUIDE}- [x] \`lib/src/b.ts\`\n` });
    git(tree.root, 'submodule', '--quiet', 'add', library.root, 'lib');
    const { items } = await report(tree, ['--staged']);
    expect(items.find((item) => item.path === 'lib/src/b.ts')?.verdict).toBe('migrated');
  });

  deeply('does not have what is only meant to be added', async () => {
    const tree = committed({ 'MIGRATION.md': `${GUIDE}- [x] \`src/api/b.ts\`\n` });
    tree.write('src/api/b.ts', OLD_WAY);
    git(tree.root, 'add', '--intent-to-add', 'src/api/b.ts');
    const { items } = await report(tree, ['--staged']);
    expect(items.find((item) => item.path === 'src/api/b.ts')?.verdict).toBe('missing');
  });

  test('says nothing while a conflict is open, and judges what resolved it', async () => {
    const tree = committed({ 'src/api/b.ts': 'export const b = 0;\n' });
    const change = (branch: string, text: string) => {
      git(tree.root, 'checkout', '--quiet', '-b', branch, 'HEAD');
      tree.write('src/api/b.ts', text);
      git(tree.root, 'commit', '--quiet', '--all', '--message', branch);
    };
    change('one', 'export const b = 1;\n');
    git(tree.root, 'checkout', '--quiet', '--detach', 'HEAD^');
    change('other', OLD_WAY);
    expect(() => git(tree.root, 'merge', '--quiet', 'one')).toThrow();
    expect(await check(tree, ['--staged'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('src/api/b.ts has a conflict that nobody resolved'),
    });
    tree.write('src/api/b.ts', OLD_WAY);
    git(tree.root, 'add', '.');
    expect(unlisted(await report(tree, ['--staged']))).toEqual(['src/api/b.ts']);
    tree.write('src/api/b.ts', NEW_WAY);
    git(tree.root, 'add', '.');
    expect(unlisted(await report(tree, ['--staged']))).toEqual([]);
  });

  test('follows what is renamed and deleted', async () => {
    const tree = committed({});
    git(tree.root, 'mv', 'src/api/a.ts', 'src/api/b c.ts');
    const verdicts = async () => (await report(tree, ['--staged'])).items.map(({ verdict }) => verdict);
    expect(await verdicts()).toEqual(['migrated', 'missing']);
    tree.write('MIGRATION.md', GUIDE.replace('a.ts', 'b c.ts'));
    expect(await verdicts()).toEqual(['migrated', 'missing']);
    git(tree.root, 'add', '.');
    expect(await verdicts()).toEqual(['migrated', 'migrated']);
    rmSync(tree.path('src/api/b c.ts'));
    expect(await verdicts()).toEqual(['migrated', 'migrated']);
  });
});

describe('a link out of the tree', () => {
  const linked = (text: string, to: string, from: string) => {
    const away = new Tree({ [to]: text });
    const tree = committed({});
    symlinkSync(path.relative(path.dirname(tree.path(from)), away.path(to)), tree.path(from));
    git(tree.root, 'add', '.');
    return tree;
  };

  test.each([[[]], [['--staged']]])(
    'leads to code that nobody reads, whose builders are told of: %j',
    async (args) => {
      const { items } = await report(linked(OLD_WAY, 'o.ts', 'src/api/o.ts'), args);
      expect(items.filter(({ ok }) => !ok)).toMatchObject([
        { path: 'src/api/o.ts', verdict: 'unchecked', reason: 'a link leads out of the tree to it' },
      ]);
    },
  );

  deeply('of a folder is looked through, round in a circle or not', async () => {
    const away = new Tree({ 'lib/x/o.ts': OLD_WAY, 'lib/node_modules/p/o.ts': OLD_WAY });
    symlinkSync('..', away.path('lib/x/up'));
    const tree = committed({});
    symlinkSync(away.path('lib'), tree.path('src/lib'));
    const { items } = await report(tree);
    expect(items.filter(({ ok }) => !ok).map((item) => item.path)).toEqual(['src/lib/x/o.ts']);
  });

  deeply(
    'says nothing of code that builds none, nor where it leads into the tree or to nothing',
    async () => {
      const tree = linked(NEW_WAY, 'o.ts', 'src/api/o.ts');
      symlinkSync('a.ts', tree.path('src/api/same.ts'));
      symlinkSync('api', tree.path('src/alias'));
      symlinkSync('nothing.ts', tree.path('src/nothing.ts'));
      symlinkSync('loop.ts', tree.path('src/loop.ts'));
      for (const args of [[], ['--staged']]) expect((await report(tree, args)).ok).toBe(true);
    },
  );
});
