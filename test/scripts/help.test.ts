import { runScript } from '../support/trees.ts';

test.each(['dev', 'mutants', 'prove'])(
  'npm run %s tells what it does, and does nothing else',
  async (name) => {
    const { code, stdout, stderr } = await runScript(`scripts/${name}.ts`, ['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: npm run ${name}.*\n\n.+`));
  },
);
