import { describe, expect, it } from 'vitest';
import { parseAddress, type AddressOptions } from '../../../server/src/domain/address/address.ts';

const read = (input: unknown, options: AddressOptions = {}): string => {
  const result = parseAddress(input, options);
  return result.ok ? `${result.value.kind} ${result.value.key}` : result.code;
};
const line = 'U4af4980629e2b8c0f7e5a2b1c3d4e5f6';

describe('what reads as a phone or an e-mail address is one on any channel', () => {
  it.each([
    ['ann@example.com', { channel: 'webchat' }, 'email ann@example.com'],
    ['Ann <ann@example.com>', { channel: 'telegram' }, 'email ann@example.com'],
    ['ann@example.com', { channel: 'whatsapp' }, 'email ann@example.com'],
    [' +1 415 555 2671', { channel: 'webchat' }, 'phone +14155552671'],
    ['‎＋14155552671', { channel: 'push' }, 'phone +14155552671'],
    ['(+1) 415 555 2671', { channel: 'email' }, 'phone +14155552671'],
    ['whatsapp:+14155552671', { channel: 'webchat' }, 'phone +14155552671'],
    ['14155552671@s.whatsapp.net', { channel: 'webchat' }, 'phone +14155552671'],
    ['sip:+14155552671@host.example', {}, 'phone +14155552671'],
    ['+1 415 555 2671, +1 415 555 2672', { channel: 'webchat' }, 'many'],
    ['a@example.com,b@example.com', { channel: 'webchat' }, 'many'],
  ] as Array<[string, AddressOptions, string]>)('%s %o', (input, options, expected) => {
    expect(read(input, options)).toBe(expected);
  });
});

describe('an id of WhatsApp is a handle of WhatsApp whatever the channel', () => {
  it.each([
    ['US.13491208655302741918', 'handle whatsapp::US.13491208655302741918'],
    [' \u200bUS.ENT.11815799212886844830\n', 'handle whatsapp::US.ENT.11815799212886844830'],
    ['whatsapp:US.13491208655302741918', 'handle whatsapp::US.13491208655302741918'],
    ['12345678901234:7@lid', 'handle whatsapp::12345678901234@lid'],
    ['12345678901234@hosted.lid', 'handle whatsapp::12345678901234@lid'],
    ['120363025246125486@g.us', 'group'],
    ['status@broadcast', 'group'],
    ['123@newsletter', 'group'],
  ])('%s', (input, expected) => {
    for (const channel of ['whatsapp', 'webchat', 'telegram', 'email']) expect(read(input, { channel })).toBe(expected);
    expect(read(input)).toBe(expected);
  });
});

describe('other text is what its channel says', () => {
  it.each([
    ['123456789', { channel: 'telegram', scope: 'bot1' }, 'handle telegram::123456789'],
    [123456789, { channel: 'telegram' }, 'handle telegram::123456789'],
    ['123456789n', { channel: 'telegram' }, 'handle telegram::123456789'],
    ['-1001234567890', { channel: 'telegram' }, 'group'],
    ['1099511627776', { channel: 'telegram' }, 'handle_format'],
    ['007', { channel: 'telegram' }, 'handle_format'],
    ['@durov', { channel: 'telegram' }, 'handle_format'],
    ['1234567890123456', { channel: 'messenger', scope: 'page:1' }, 'handle messenger:page%3A1:1234567890123456'],
    ['messenger:1234567890123456', { channel: 'messenger' }, 'handle messenger::1234567890123456'],
    [2 ** 53, { channel: 'messenger' }, 'lossy_number'],
    [line, { channel: 'line' }, `handle line::${line}`],
    [line.replace('U', 'C'), { channel: 'line' }, 'group'],
    ['<@U024BE7LH>', { channel: 'slack', scope: 'T1' }, 'handle slack:T1:U024BE7LH'],
    ['C024BE7LH', { channel: 'slack' }, 'group'],
    ['<@!80351110224678912>', { channel: 'discord' }, 'handle discord::80351110224678912'],
    ['99999999999999999999', { channel: 'discord' }, 'handle_format'],
    ['Visitor 1', { channel: 'webchat', scope: 'w' }, 'handle webchat:w:Visitor 1'],
    ['14155552671', { channel: 'webchat' }, 'handle webchat::14155552671'],
    ['a\nb', { channel: 'webchat' }, 'handle_format'],
    ['x'.repeat(256), { channel: 'webchat' }, 'too_long'],
    ['14155552671', { channel: 'hubspot' }, 'phone +14155552671'],
    ['14155552671', {}, 'phone +14155552671'],
    ['14155552671', { channel: 'email' }, 'syntax'],
  ] as Array<[unknown, AddressOptions, string]>)('%s %o', (input, options, expected) => {
    expect(read(input, options)).toBe(expected);
  });
});

describe('a handle needs its channel, unless its form names it', () => {
  it.each([
    ['123456789', {}, 'handle_needs_channel'],
    [line, {}, `handle line::${line}`],
    ['telegram:123456789', {}, 'handle telegram::123456789'],
    ['webchat:w%3A1:abc', {}, 'handle webchat:w%3A1:abc'],
    ['crm-1', { channel: 'hubspot' }, 'handle hubspot::crm-1'],
    ['crm-1', { channel: 'constructor' }, 'handle constructor::crm-1'],
    ['crm-1', { channel: 'Bad Channel' }, 'bad_channel'],
    ['crm-1', { channel: 'sms' }, 'no_handles'],
    ['+14155552671', { channel: 'whatsapp' }, 'handle_format'],
    ['', { channel: 'webchat' }, 'empty'],
    [null, { channel: 'webchat' }, 'not_text'],
  ] as Array<[unknown, AddressOptions, string]>)('%s %o', (input, options, expected) => {
    expect(read(input, { kind: 'handle', ...options })).toBe(expected);
  });
});
