import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../server/src/domain/address/address.ts';

const read = (input: unknown): string => {
  const result = parseAddress(input, { kind: 'email' });
  return result.ok ? result.value.key : result.code;
};
const mailbox = (input: string): string | undefined => {
  const result = parseAddress(input, { kind: 'email' });
  return result.ok ? result.value.mailbox : undefined;
};

describe('an address is found in what stands around it', () => {
  it.each([
    'Doe, Ann <ann@example.com>',
    '"Ann @ Work" <ann@example.com>',
    'ann@example.com <ann@example.com>',
    '=?utf-8?q?Ann?= <ann@example.com>',
    'ann(comment)@example.com',
    'ann@example.com (Ann (work))',
    'ann @ example.com',
    '<mailto:ann@example.com|ann@example.com>',
    'mailto:%61nn%40example.com?subject=Hi%20a@b',
    'smtp:ann@example.com',
    'ann%40example.com',
    "'ann@example.com",
    '="ann@example.com"',
    '“ann@example.com”',
    '[ann@example.com]',
    'ann@example.com...',
    'ann@example.com。',
    '⁦ann@example.com⁩',
  ])('%s', (input) => {
    expect(read(input)).toBe('ann@example.com');
  });
});

describe('one spelling of a name, and never two names in one', () => {
  it.each([
    ['a..b@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['"ann".b@example.com', 'ann.b@example.com'],
    ['"Ann B"@Example.com', '"ann b"@example.com'],
    ['"a@b"@example.com', '"a@b"@example.com'],
    ['jose\u0301@example.com', 'josé@example.com'],
    ['аnn@example.com', 'аnn@example.com'],
    ['ann@exаmple.com', 'ann@xn--exmple-4nf.com'],
    ['ﬁ@example.com', 'ﬁ@example.com'],
    ['ann@exam\u200dple.com', 'ann@example.com'],
    ['ann@نامه\u200cای.com', 'ann@xn--mgba3gch31f060k.com'],
    ['ann@FASS.de', 'ann@fass.de'],
    ['ann@faß.de', 'ann@xn--fa-hia.de'],
  ])('%s', (input, key) => {
    expect(read(input)).toBe(key);
  });

  it('the address to send to keeps the case of its name', () => {
    expect(parseAddress('Ann@Example.COM')).toMatchObject({ value: { address: 'Ann@example.com', key: 'ann@example.com' } });
    expect(parseAddress('Jose\u0301@example.com')).toMatchObject({ value: { address: 'José@example.com', key: 'josé@example.com' } });
  });
});

describe('what is not one address is refused', () => {
  it.each([
    ['ann@example.com, bob@example.com', 'many'],
    ['<ann@example.com>,<bob@example.com>', 'many'],
    ['ann@example.com\nbob@example.com', 'many'],
    ['ann@example.com <bob@example.com>', 'many'],
    ['ann@example.com (bob@example.com)', 'many'],
    ['mailto:ann@example.com,bob@example.com', 'many'],
    ['a@b@example.com', 'syntax'],
    ['ann b@example.com', 'syntax'],
    ['"ann"b@example.com', 'syntax'],
    ['""@example.com', 'syntax'],
    ['<@hop.example:ann@example.com>', 'syntax'],
    ['ann\ufffd@example.com', 'syntax'],
    ['mailto:ann%@example.com', 'syntax'],
    ['ann@[192.0.2.1]', 'domain'],
    ['ann@192.0.2.1', 'domain'],
    ['ann@0x7f.1', 'domain'],
    ['ann@0x7f.0xa', 'domain'],
    ['ann@a..com', 'domain'],
    ['ann@-a.com', 'domain'],
    ['ann@xn--a.com', 'domain'],
    ['ann@xn--.com', 'domain'],
    ['ann@ex%61mple.com', 'domain'],
    ['ann@example.com/path', 'domain'],
    ['14155552671@s.whatsapp.net', 'domain'],
    [`${'é'.repeat(33)}@example.com`, 'local_too_long'],
    [`${'a'.repeat(60)}@${'b.'.repeat(96)}com`, 'too_long'],
    [14155552671, 'not_text'],
  ])('%s', (input, code) => {
    expect(read(input)).toBe(code);
  });
});

describe('mailbox joins the addresses of one mailbox only where the provider says so', () => {
  it.each([
    ['A.N.N+x@gmail.com', 'ann@gmail.com'],
    ['a.nn@googlemail.com', 'ann@gmail.com'],
    ['a.nn+x@hotmail.co.uk', 'a.nn@hotmail.co.uk'],
    ['ann+x@outlook.com', 'ann@outlook.com'],
    ['ann+x@icloud.com', 'ann@icloud.com'],
    ['ann+x@me.com', 'ann@me.com'],
    ['ann+x+y@fastmail.fm', 'ann@fastmail.fm'],
    ['a.n-n_+x@protonmail.com', 'ann@proton.me'],
    ['ann+x@zohomail.eu', 'ann@zohomail.eu'],
    ['ann+x@hey.com', 'ann@hey.com'],
    ['ann-x@yahoo.com', 'ann-x@yahoo.com'],
    ['ann+x@example.com', 'ann+x@example.com'],
    ['ann@mail.gmail.com', 'ann@mail.gmail.com'],
    ['+x@gmail.com', '+x@gmail.com'],
    ['...@gmail.com', '...@gmail.com'],
    ['"a.nn"@gmail.com', 'ann@gmail.com'],
    ['"a nn+x"@gmail.com', '"a nn+x"@gmail.com'],
  ])('%s', (input, expected) => {
    expect(mailbox(input)).toBe(expected);
  });
});
