import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { EventStreamParser, type StreamEvent } from '@quietlist/client/event-stream';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const parse = (...chunks: Array<string | Uint8Array>): StreamEvent[] => {
  const parser = new EventStreamParser();
  return chunks.flatMap((chunk) => parser.push(typeof chunk === 'string' ? bytes(chunk) : chunk));
};

describe('an event stream', () => {
  it.each<[string, string, StreamEvent[]]>([
    ['gives id, type and data', 'id: 7\nevent: opt_out.added\ndata: {"a":1}\n\n', [{ id: '7', type: 'opt_out.added', data: '{"a":1}' }]],
    ['ends lines with LF, CR or CRLF', 'data: a\r\n\r\ndata: b\r\rdata: c\n\n', ['a', 'b', 'c'].map((data) => ({ id: '', type: 'message', data }))],
    ['joins several lines of data', 'data: a\ndata\ndata:b\ndata:  c\n\n', [{ id: '', type: 'message', data: 'a\n\nb\n c' }]],
    ['keeps colons in a value', 'data: a: b\n\n', [{ id: '', type: 'message', data: 'a: b' }]],
    ['passes over comments, unknown fields and retry', ': keep-alive\n\nretry: 5\nfoo: x\ndata: a\n\n', [{ id: '', type: 'message', data: 'a' }]],
    ['passes over the byte order mark at its beginning', '\uFEFFdata: a\n\n', [{ id: '', type: 'message', data: 'a' }]],
    ['passes over an event without data', 'event: x\n\ndata: a\n\n', [{ id: '', type: 'message', data: 'a' }]],
    ['gives an event with an empty line of data', 'data:\n\n', [{ id: '', type: 'message', data: '' }]],
    ['remembers the id for the events after it', 'id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n', [['1', 'a'], ['1', 'b'], ['', 'c']].map(([id, data]) => ({ id: id!, type: 'message', data: data! }))],
    ['takes no id with a zero in it', 'id: 1\n\nid: 2\0\ndata: a\n\n', [{ id: '1', type: 'message', data: 'a' }]],
    ['gives nothing of an event that is not complete', 'data: a\n\nid: 9\ndata: b\n', [{ id: '', type: 'message', data: 'a' }]],
  ])('%s', (_, text, events) => expect(parse(text)).toEqual(events));

  it('tells where it is, also without data, and not before the event is complete', () => {
    const parser = new EventStreamParser();
    expect(parser.lastEventId).toBe('');
    parser.push(bytes('id: 41\n\n'));
    expect(parser.lastEventId).toBe('41');
    parser.push(bytes('id: 42\ndata: x\n'));
    expect(parser.lastEventId).toBe('41');
    parser.push(bytes('\n'));
    expect(parser.lastEventId).toBe('42');
  });

  it('does not grow without end', () => {
    const parser = new EventStreamParser();
    expect(() => {
      for (let count = 0; count < 100; count += 1) parser.push(bytes('x'.repeat(65_536)));
    }).toThrow(RangeError);
    const lines = new EventStreamParser();
    expect(() => {
      for (let count = 0; count < 100; count += 1) lines.push(bytes(`data: ${'x'.repeat(65_536)}\n`));
    }).toThrow(RangeError);
  });

  const line = fc.oneof(
    fc.constantFrom('', ': keep-alive', 'event: opt_out.added', 'id: 12', 'id', 'data', 'data: a: b', 'retry: 1'),
    fc.string({ unit: 'grapheme' }).map((text) => `data: ${text.replace(/[\r\n]/g, ' ')}`),
  );
  const stream = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n')), { maxLength: 30 }).map((lines) => bytes(lines.flat().join('')));

  test.prop([stream, fc.array(fc.nat(400), { maxLength: 40 })])('gives the same events however it is cut, also within a character or between CR and LF', (whole, cuts) => {
    const borders = [...new Set([0, ...cuts.filter((cut) => cut < whole.length), whole.length])].sort((a, b) => a - b);
    const chunks = borders.slice(1).map((end, index) => whole.slice(borders[index], end));
    const events = parse(whole);
    expect(parse(...chunks)).toEqual(events);
    expect(parse(...[...whole].map((byte) => Uint8Array.of(byte)))).toEqual(events);
  });
});
