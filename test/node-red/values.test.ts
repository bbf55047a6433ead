import { describe, expect, it } from 'vitest';
import { peopleOf } from '../../node-red/src/shared/people.ts';
import { afterDays, instantOf, switchOf, textOf, textsOf } from '../../node-red/src/shared/values.ts';

describe('values from a message', () => {
  it('reads people from one contact, a text with commas, an array, and one person with several addresses', () => {
    expect(peopleOf('a@example.com')).toEqual(['a@example.com']);
    expect(peopleOf('9100223445,user@gmail.com')).toEqual(['9100223445', 'user@gmail.com']);
    expect(peopleOf(['a@example.com, b@example.com', 491511234567])).toEqual(['a@example.com', 'b@example.com', 491511234567]);
    expect(peopleOf([['+49151', 'a@example.com']])).toEqual([['+49151', 'a@example.com']]);
    expect(peopleOf({ value: '42', kind: 'handle', channel: 'telegram' })).toEqual([{ value: '42', kind: 'handle', channel: 'telegram' }]);
    expect(peopleOf(undefined)).toEqual([]);
    expect(peopleOf(' , ')).toEqual([]);
  });

  it('never drops what is no contact: the client refuses it', () => {
    expect(peopleOf(true)).toEqual([true]);
    expect(peopleOf(['a@example.com', { phone: 1 }])).toEqual(['a@example.com', { phone: 1 }]);
  });

  it('makes one clean line of a text, and no text of an object', () => {
    expect(textOf(' a\r\nb\u0000c ', 300)).toBe('a b c');
    expect(textOf('x\ud800', 300)).toBe('x\ufffd');
    expect(textOf('', 300)).toBeUndefined();
    expect(textOf('\n', 300)).toBeUndefined();
    expect(textOf({}, 300)).toBeNull();
    expect(textOf('abcdef', 3)).toBe('abc');
  });

  it('reads several texts, each once', () => {
    expect(textsOf('sms, whatsapp,,sms')).toEqual(['sms', 'whatsapp']);
    expect(textsOf(['a, b', 2])).toEqual(['a, b', '2']);
    expect(textsOf(undefined)).toEqual([]);
    expect(textsOf([{}])).toBeNull();
    expect(textsOf({})).toBeNull();
  });

  it('knows on and off, and nothing in between', () => {
    expect([true, 'true', ' TRUE ', false, 'false'].map(switchOf)).toEqual([true, true, true, false, false]);
    expect([undefined, null, 1, 0, 'on', {}, ''].map(switchOf)).toEqual([null, null, null, null, null, null, null]);
  });

  it('reads an instant only where its time zone is certain', () => {
    expect(instantOf('2030-01-01T00:00:00Z')).toBe('2030-01-01T00:00:00.000Z');
    expect(instantOf('2030-01-01')).toBe('2030-01-01T00:00:00.000Z');
    expect(instantOf('2030-01-01T00:00:00+0200')).toBe('2029-12-31T22:00:00.000Z');
    expect(instantOf(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
    expect(instantOf('2030-01-01T00:00:00')).toBeNull();
    expect(instantOf('tomorrow')).toBeNull();
    expect(instantOf(1e300)).toBeNull();
    expect(instantOf('2030-13-01')).toBeNull();
    expect(instantOf('')).toBeUndefined();
  });

  it('counts days from an instant', () => {
    expect(afterDays('1.5', 0)).toBe('1970-01-02T12:00:00.000Z');
    expect(['0', '-1', 'x', '', '1e300'].map((days) => afterDays(days, 0))).toEqual([null, null, null, null, null]);
  });
});
