import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { normaliseKeyword } from '../../server/src/domain/keyword/normalise.ts';
import { RuleBook, type BookList, type BookRule, type ReadableMessage } from '../../server/src/domain/rule-book.ts';

const word = fc.constantFrom('halt', 'Genug!', 'go', 'no more', 'ça va', 'STOP', 'stop', 'start', 'x1');
const channel = fc.constantFrom('sms', 'whatsapp');
const rule: fc.Arbitrary<BookRule> = fc.record({
  id: fc.integer({ min: 1, max: 99 }).map((number) => `rul_${number}`),
  trigger: fc.constantFrom('keyword', 'button'),
  text: word,
  action: fc.constantFrom('opt_out', 'opt_in', 'block', 'help'),
  lists: fc.subarray(['default', 'lst_1', 'lst_gone']),
  channel: fc.option(channel),
  reply: fc.option(fc.constantFrom('a', 'b')),
});
const list: fc.Arbitrary<BookList> = fc.record({
  id: fc.constantFrom('default', 'lst_1'),
  keyword: fc.option(word),
  languages: fc.subarray(['en', 'pt', 'es'] as const),
  confirmationMessage: fc.constant(null),
});
const rules = fc.uniqueArray(rule, { selector: ({ id }) => id, maxLength: 12 });
const lists = fc.uniqueArray(list, { selector: ({ id }) => id, minLength: 1, maxLength: 2 });
const message: fc.Arbitrary<ReadableMessage> = fc.record({
  text: fc.option(fc.oneof(word, fc.string())),
  button: fc.option(fc.record({ text: word, payload: word }, { requiredKeys: [] })),
  channel,
  inFlow: fc.boolean(),
});

const weight = { block: 3, opt_out: 2, opt_in: 1, help: 0 };

/** What the rules say by looking at each of them: null where none is meant. */
function plainly(all: readonly BookRule[], kept: readonly BookList[], { text, button, channel: on }: ReadableMessage): string | null {
  const here = (one: BookRule): boolean => one.channel === null || one.channel === on;
  for (const tapped of [button?.payload, button?.text]) {
    const found = all.filter((one) => one.trigger === 'button' && one.text === tapped && here(one));
    if (found.length > 0) return heaviest(found.map(({ action }) => action));
  }
  const written = text ?? button?.text ?? '';
  if (written.trim() === '') return null;
  const isIt = (keyword: string): boolean => normaliseKeyword(keyword) === normaliseKeyword(written);
  const actions = [...all.filter((one) => one.trigger === 'keyword' && here(one) && isIt(one.text)).map(({ action }) => action), ...kept.filter(({ keyword }) => keyword !== null && isIt(keyword)).map(() => 'opt_out' as const)];
  return actions.length > 0 ? heaviest(actions) : null;
}
const heaviest = (actions: ReadonlyArray<keyof typeof weight>): string => [...actions].sort((a, b) => weight[b] - weight[a])[0] ?? '';

describe('the book of rules', () => {
  test.prop([rules, lists, message])('says what looking at every rule says', (all, kept, given) => {
    const expected = plainly(all, kept, given);
    const intent = new RuleBook(all, kept).read(given);
    if (expected !== null) expect(intent.want).toBe(expected);
    else expect(['rule', 'list_keyword', 'button']).not.toContain(intent.by);
  });

  test.prop([rules, lists, message])('names only lists that there are, and at least one for an opt-out', (all, kept, given) => {
    const known = new Set(['default', ...kept.map(({ id }) => id)]);
    const intent = new RuleBook(all, kept).read(given);
    expect(intent.lists.filter((id) => !known.has(id))).toEqual([]);
    if (intent.want === 'opt_out' || intent.want === 'suspected_opt_out') expect(intent.lists.length).toBeGreaterThan(0);
  });

  test.prop([lists, message])('never opts anybody in, blocks or helps by words that nobody made a rule of, but START and HELP', (kept, given) => {
    const { want, by } = new RuleBook([], kept).read(given);
    expect(want).not.toBe('block');
    if (want === 'opt_in' || want === 'help') expect(by).toBe('keyword');
  });
});
