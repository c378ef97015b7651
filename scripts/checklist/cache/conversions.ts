import type { RegExpLiteral } from '@babel/types';
import { isOfNumbers } from './declared-type.ts';
import type { Machine } from './machine.ts';
import type { Run } from './run.ts';
import { derived, oneOfFew, stableText, type Telling } from './telling.ts';
import { type Thing, UNDEFINED, type Value } from './values.ts';

/** Functions of the language that make a number, a truth or bytes of something; undefined for other names. */
export function conversion(name: string, run: Run): Thing | undefined {
  switch (name) {
    case 'Boolean':
      return pure(run, name, ([value]) => (value ? oneOfFew(name, [value], run) : undefined));
    case 'Number':
    case 'BigInt':
    case 'parseInt':
    case 'parseFloat':
      return pure(run, name, ([value]) => (value ? asNumber(name, value, run) : undefined));
    case 'Array':
      return run.thing('unknown', {
        isPure: true,
        properties: [
          [
            'isArray',
            pure(run, 'isArray', ([value]) => (value ? oneOfFew('isArray', [value], run) : undefined)),
          ],
        ],
      });
    case 'Buffer':
      return run.thing('unknown', { properties: [['from', pure(run, 'from')]] });
    default:
      return undefined;
  }
}

function pure(run: Run, label: string, tells?: Thing['tells']): Thing {
  return run.thing('unknown', { isPure: true, label, ...(tells && { tells }) });
}

/** Many texts are no number, and many begin with the same one. */
function asNumber(name: string, value: Value, run: Run): Value | undefined {
  if (!run.holdsSample(value) || value.is === 'primitive') return undefined;
  const isNumber = isOfNumbers(value.declared);
  const isText = value.declared?.type.type === 'TSStringKeyword';
  const telling: Telling = isNumber ? 'all' : isText || name.startsWith('parse') ? 'few' : 'untold';
  return derived(run, `${name}(${stableText(value)})`, [telling, `${name}()`], 'unknown');
}

/** A regular expression, which is written once, and knows nothing of what it was asked before. */
export function regularExpression({ pattern, flags }: RegExpLiteral, machine: Machine): Value {
  const written = `/${pattern}/${flags}`;
  return machine.keptBy(written, () => asking(written, machine.run));
}

/** Tells of a text whether it is like that, or what of it is. */
function asking(written: string, run: Run): Thing {
  const exec = ([value = UNDEFINED]: readonly Value[]) =>
    run.holdsSample(value)
      ? derived(run, `${written}(${stableText(value)})`, ['untold', `what ${written} finds`], 'unknown')
      : undefined;
  return run.thing('unknown', {
    isPure: true,
    label: written,
    properties: [
      [
        'test',
        pure(run, `${written}.test`, ([value]) => (value ? oneOfFew(written, [value], run) : undefined)),
      ],
      ['exec', pure(run, `${written}.exec`, exec)],
    ],
  });
}
