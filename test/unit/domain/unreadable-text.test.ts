import { limits } from '@quietlist/contract/limits';
import { expect, it } from 'vitest';
import { readPerson } from '../../../server/src/domain/person.ts';

it('keeps an unreadable text without half a character at its end, which no PostgreSQL takes', () => {
  // U+0958 is two characters once it is in canonical form, so that the emoji at the end is cut in two.
  const text = `\u0958${'?'.repeat(limits.addressLength - 3)}\u{1F600}`;
  expect(text.length).toBe(limits.addressLength);
  const [unreadable] = readPerson([text], { channel: null }).unreadable;
  expect(unreadable?.text.length).toBe(limits.addressLength);
  expect(unreadable?.text.isWellFormed()).toBe(true);
  expect(unreadable?.key.isWellFormed()).toBe(true);
});
