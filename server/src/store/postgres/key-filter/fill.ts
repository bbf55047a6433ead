import type { BloomFilter } from '../../filter/bloom-filter.ts';
import { addLines, firstPlace, type Place } from '../../filter/key-lines.ts';
import type { Tail } from './tail.ts';

/** A column whose texts lead to something, each in an index with its workspace. */
interface Source {
  text: string;
  from: string;
}

const sources: readonly Source[] = [
  { text: 'key', from: 'entry where closed = 0' },
  { text: 'mailbox', from: 'entry where mailbox is not null' },
  { text: 'key', from: 'contact_address where true' },
];

const textsPerLeap = 20_000;
/** A few milliseconds of this process and of the database. */
const textsPerPage = 5_000;

const after = ({ text, from }: Source): string => `from ${from} and (workspace, ${text}) > ($1, $2) order by workspace, ${text}`;

/** How many texts there are, rounded up. In leaps: no statement takes long, however many there are. */
export async function countTexts(tail: Tail): Promise<number> {
  let count = 0;
  for (const [index, source] of sources.entries()) {
    const leap = `select workspace as scope, ${source.text} as text ${after(source)} limit 1 offset ${textsPerLeap - 1}`;
    for (let last: Place | undefined = firstPlace; last !== undefined; count += textsPerLeap) {
      [last] = (await tail.run(leap, [last.scope, last.text], `quietlist_leap_${index}`)) as Place[];
    }
  }
  return count;
}

/** Puts all texts into a filter, in pages: what was committed before the first one was asked for, and some of what came later. */
export async function fillFrom(tail: Tail, filter: BloomFilter): Promise<void> {
  for (const [index, source] of sources.entries()) {
    const page = `select string_agg(workspace || ' ' || text, E'\\n' order by workspace, text) as texts, count(*) as count
      from (select workspace, ${source.text} as text ${after(source)} limit ${textsPerPage}) as page`;
    for (let last: Place | undefined = firstPlace; last !== undefined; ) {
      const [row] = await tail.run(page, [last.scope, last.text], `quietlist_page_${index}`);
      last = addLines([filter], row.texts ?? '', row.count);
    }
  }
}
