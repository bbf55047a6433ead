import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkHeaders, listIdHeader, phrase } from '../../../server/src/domain/link-headers.ts';

/** Reads a phrase as a mail program does (RFC 5322 quoted string, RFC 2047 Q words). */
function readPhrase(text: string): string {
  if (text.startsWith('"')) return text.slice(1, -1).replace(/\\(.)/g, '$1');
  const bytes = text.split(' ').flatMap((word) => {
    const encoded = /^=\?UTF-8\?Q\?((?:[A-Za-z0-9]|=[0-9A-F]{2})*)\?=$/.exec(word)?.[1];
    if (encoded === undefined || word.length > 75) throw new Error(`No encoded word: ${word}`);
    const own = Buffer.from(encoded.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');
    // Each word is whole by itself: a character cut in two would show as two broken ones.
    new TextDecoder('utf-8', { fatal: true }).decode(own);
    return [...own];
  });
  return Buffer.from(bytes).toString();
}

describe('the headers of a message with an unsubscribe link', () => {
  it('carry any name of a list as it is, in visible ASCII', () => {
    const name = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'grapheme-ascii', maxLength: 60 }), fc.constantFrom('a"b\\c', '=?UTF-8?Q?x?=', 'Größe', '🚀'.repeat(50), "_-.!~*'()é", '> <evil', 'a@b, c:;'));
    fc.assert(fc.property(name.filter((text) => !/[\p{Cc}]/u.test(text)), (text) => {
      const header = phrase(text);
      expect(header).toMatch(/^[ -~]*$/);
      expect(readPhrase(header)).toBe(text);
    }), { numRuns: 500 });
  });

  it.each([
    ['mail.example.com', 'mail.example.com'], ['xn--bcher-kva.example', 'xn--bcher-kva.example'], ['localhost', 'localhost'], ['127.0.0.1', 'localhost'], ['[::1]', 'localhost'], ['quietlist', 'quietlist'],
  ])('name the list by an id below %s', (hostname, namespace) => {
    expect(listIdHeader({ workspaceId: 77, listId: 'lst_1', listName: 'News', hostname })).toBe(`"News" <lst_1.wsp_25.${namespace}>`);
  });

  it('name the link first, then the mail address where there is one', () => {
    expect(linkHeaders('https://a.example/u/x', undefined, 'id')).toEqual({ 'List-Unsubscribe': '<https://a.example/u/x>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'List-Id': 'id' });
    expect(linkHeaders('https://a.example/u/x', 'stop@b.example', 'id')['List-Unsubscribe']).toBe('<https://a.example/u/x>, <mailto:stop@b.example?subject=unsubscribe>');
  });
});
