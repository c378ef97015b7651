import { check, GROUND, OLD_WAY, removeTrees, Tree } from './checklist-tree.ts';
import { type Element, parseXml } from './checklist-xml.ts';

afterAll(removeTrees);

test('places of SARIF are counted in UTF-16 units, behind whatever stands before them', async () => {
  const importing = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';";
  const building = 'export const h = async () => new FacebookAdsAgent().getCampaigns();';
  const files: Record<string, string> = {
    'src/api/emoji.ts': `${importing}\n/* 🚀👩‍👩‍👧 */ ${building}\n`,
    'src/api/astral.ts': `${importing}\nexport const 𝒜 = '𝒜𝒷'; ${building}\n`,
    'src/api/accents.ts': `${importing}\n/* e\u0301 é ß */ ${building}\n`,
    'src/api/tabs.ts': `${importing}\n\t\t${building}\n`,
    'src/api/windows.ts': `\ufeff${importing}\r\n/* 🚀 */ ${building}\r\n`,
    'src/api/first.ts': `\ufeff/* 🚀 */ ${importing} ${building}\n`,
    'src/api/template.ts': `${importing}\nexport const t = \`🚀\n🚀\${1}\`; ${building}\n`,
    'src/api/separator.ts': `${importing}\nexport const s = '🚀'; /*\u2028*/ ${building}\n`,
    'src/utils/agent-cache.ts': `${importing}\n/* 🚀 */ export const getFacebookAgent = async () => new FacebookAdsAgent();\n`,
  };
  const guide = Object.keys(files).map((file) => `- [ ] 🚀 \`${file}\`\n`);
  const { stdout } = await check(new Tree({ ...GROUND, ...files, 'MIGRATION.md': guide.join('') }), [
    '--format',
    'sarif',
  ]);
  const [run] = JSON.parse(stdout).runs;
  expect(run.columnKind).toBe('utf16CodeUnits');
  const found = new Map<string, string>();
  for (const { level, locations } of run.results) {
    const { artifactLocation, region } = locations[0].physicalLocation;
    if (level !== 'error') continue;
    const lines = (files[artifactLocation.uri] ?? '').replace(/^\ufeff/, '').split(/\r\n|[\n\u2028]/);
    const text = (lines[region.startLine - 1] ?? '').slice(region.startColumn - 1);
    found.set(artifactLocation.uri, /^[\w ]*/.exec(text)?.[0] ?? '');
  }
  for (const file of Object.keys(files)) {
    const text = file.includes('utils') ? 'getFacebookAgent ' : 'new FacebookAdsAgent';
    expect([file, found.get(file)]).toEqual([file, text]);
  }
});

test('is what the readers of GitLab, Jenkins and Azure need, of a real run with every kind of case', async () => {
  const tree = new Tree({
    ...GROUND,
    'src/api/a.ts': OLD_WAY,
    'src/api/b.ts': OLD_WAY,
    Dockerfile: 'FROM node\n',
    'MIGRATION.md': [
      '- [x] `src/utils/agent-cache.ts`',
      '- [x] `src/api/a.ts`',
      '- [ ] `src/gone.ts`',
      '- [x] `Dockerfile`',
      '- [x] Deploy "it" & then <!-- check: manual -->',
      '- [ ] Deploy "it" & then <!-- check: manual -->',
      '- [x] x <!-- check: script bench -->',
      '- [x] x <!-- check: script bench -->',
      '- [x] y <!-- check: route GET /nowhere -->',
      '',
    ].join('\n'),
  });
  const suites = parseXml((await check(tree, ['--format', 'junit'])).stdout);
  expect(suites.name).toBe('testsuites');
  const numberOf = (element: Element, name: string) => Number(element.attributes[name]);
  let tests = 0;
  let failures = 0;
  const names = new Set<string>();
  for (const suite of suites.children) {
    expect(suite).toMatchObject({ name: 'testsuite', attributes: { name: expect.stringMatching(/./) } });
    const ends = (kind: string) =>
      suite.children.filter(({ children }) => children.some(({ name }) => name === kind)).length;
    expect(numberOf(suite, 'tests')).toBe(suite.children.length);
    expect(numberOf(suite, 'failures')).toBe(ends('failure'));
    expect(numberOf(suite, 'skipped')).toBe(ends('skipped'));
    expect(numberOf(suite, 'errors')).toBe(0);
    tests += suite.children.length;
    failures += ends('failure');
    for (const { name, attributes, children } of suite.children) {
      expect(name).toBe('testcase');
      expect(attributes.time).toMatch(/^\d+(\.\d+)?$/);
      expect(attributes.file).toMatch(/^(?![/\\]|\w:)[^\\]+$/);
      expect(children.length).toBeLessThanOrEqual(1);
      for (const end of children) expect(end.attributes.message).toMatch(/./);
      for (const end of children.filter((each) => each.name === 'failure'))
        expect(end.attributes.type).toMatch(/^[\w-]+$/);
      names.add(`${attributes.classname}\n${attributes.name}`);
    }
  }
  expect([numberOf(suites, 'tests'), numberOf(suites, 'failures')]).toEqual([tests, failures]);
  expect(names.size).toBe(tests);
  expect(failures).toBeGreaterThan(2);
  expect([...names].join('\n')).toContain('Deploy "it" & then (2)');
});
