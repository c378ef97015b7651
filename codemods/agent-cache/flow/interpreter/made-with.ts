import type { Cell, Events, ReadEvent, WriteEvent } from './events.ts';
import type { Machine } from './machine.ts';
import { FROM, plain, type Thing, type Value } from './values.ts';

/** What gives another value each time: times, random values, identities, signals that end at some time. */
const NEW_EACH_TIME =
  /^(Date|Date\.(now|get\w+|to\w+|valueOf)|Math\.random|AbortSignal\.timeout|(node:)?(perf_hooks\.)?performance\.now|process\.hrtime(\.bigint)?|((node:)?crypto\.(webcrypto\.)?)?(randomUUID|randomBytes|randomInt|getRandomValues)|(node:)?fs\.mkdtempSync|Temporal\.Now\.\w+)$/;
/** Functions of packages that do so: identities, the time that it is, and tokens that end. */
const NEW_OF_PACKAGES =
  /(^|[./])(nanoid|uuid(v\d)?|ulid|cuid2?|createId|shortid\.generate|DateTime\.(now|utc|local)|startOfToday)$|\buuid\b.*[./]v[1-7]$|^(jsonwebtoken|jwt-simple)\b.*\.?\b(sign|encode)$/i;
/** Those that give the time that it is where they are given none. */
const NOW = /^(dayjs|moment|moment-timezone)(\.default)?(\.utc|\.tz)?$/;

/** Whether a call gives another value each time, while an instance is built with it. */
export function isNewEachTime(label: string, args: readonly Value[], machine: Machine): boolean {
  if (machine.epoch !== 'new') return false;
  const isNow = args.length === 0 && NOW.test(label);
  return isNow || NEW_EACH_TIME.test(label) || NEW_OF_PACKAGES.test(label);
}

/** Such a value. */
export const NEW: Value = plain(FROM.making);

/** A field of an instance, or of an object in it. */
interface MadeField {
  owner: Thing;
  name: string;
}

/** How deep the objects may lie in an instance that have something of its making. */
const MAX_DEPTH = 3;

/** The fields of an instance, and of objects in it, which have what was made new with it and is never set again. */
export function fieldsMadeWith(instance: Thing, writes: readonly WriteEvent[]): MadeField[] {
  const found: MadeField[] = [];
  const collect = (owner: Thing, depth: number): void => {
    for (const [name, value] of owner.props) {
      const inner = [...value.things.keys()].filter(
        ({ kind, epoch }) => kind === 'object' && epoch === 'new',
      );
      const before = found.length;
      if (depth < MAX_DEPTH) for (const each of inner) collect(each, depth + 1);
      if ((value.from & FROM.making) !== 0 || found.length > before) found.push({ owner, name });
    }
  };
  collect(instance, 0);
  return found.filter((field) => !writes.some(({ cell }) => isOf(cell, field)));
}

/** Where a run uses one of them. */
export function useOfMade(events: Events, made: readonly MadeField[]): ReadEvent | undefined {
  return [...events.reads.values()].find((read) =>
    made.some((field) => isOf(read.cell, field) && takes(read, field)),
  );
}

function isOf({ owner, key }: Cell, field: MadeField): boolean {
  return owner === field.owner && key.slice(key.indexOf(' ') + 1) === field.name;
}

/** Whether a read takes what is there, and not a part of it that has a field of its own, for more than to tell of it. */
function takes({ isTold, isTakenApart }: ReadEvent, { owner, name }: MadeField): boolean {
  const hasParts = [...(owner.props.get(name)?.things.keys() ?? [])].some(
    ({ kind, epoch }) => kind === 'object' && epoch === 'new',
  );
  return !isTold && !(hasParts && isTakenApart);
}
