import { describe, expect, it } from 'vitest';
import { parseAddress, type AddressOptions } from '../../../server/src/domain/address/address.ts';

const read = (input: unknown, options: AddressOptions = {}): string => {
  const result = parseAddress(input, { kind: 'phone', ...options });
  return result.ok ? result.value.key : result.code;
};
const national = (defaultCountry: string): AddressOptions => ({ digits: 'national', defaultCountry });
const us = '+14155552671';

describe('a number has one key in whatever form a program or a person writes it', () => {
  it.each([
    'https://wa.me/14155552671?text=Hi%20there',
    'wa.me/+14155552671',
    'https://api.whatsapp.com/send?phone=14155552671&text=hi',
    'whatsapp://send?phone=14155552671',
    'https://t.me/+14155552671',
    'viber://chat?number=%2B14155552671',
    'whatsapp%3A%2B14155552671',
    'tel:+1-415-555-2671;ext=12',
    'Tel: +1 415 555 2671',
    'sip:+14155552671@carrier.example;user=phone',
    '"Ann" <sip:+14155552671@carrier.example>;tag=x',
    'callto:+14155552671',
    'rcs:+14155552671',
    'smsto:+14155552671:hello',
    'sms:+14155552671&body=hi',
    'TEL;TYPE=CELL;waid=14155552671:+1 415 555 2671',
    '<tel:+14155552671|+1 415-555-2671>',
    '14155552671@c.us',
    '14155552671:12@s.whatsapp.net',
    '14155552671.0:12@s.whatsapp.net',
    '14155552671@hosted',
    '+1 415 555 2671 x123',
    '+1 (415) 555-2671 ext. 5',
    '+14155552671,,123#',
    '+1 415 555 2671 доб. 5',
    '14,155,552,671',
    '14155552671.00',
    '=14155552671',
    '"=""+14155552671"""',
    '‘+14155552671’',
    '+14155552671;',
    '++14155552671',
    '(+1) 415 555 2671',
    '+1 1 415 555 2671',
    '＋１（４１５）５５５−２６７１',
    '+۱۴۱۵۵۵۵۲۶۷۱',
    '+𝟏𝟒𝟏𝟓𝟓𝟓𝟓𝟐𝟔𝟕𝟏',
    '⁦+14155552671⁩',
    '\t+14155552671\r\n',
    14155552671,
    14155552671n,
  ])('%s', (input) => {
    expect(read(input)).toBe(us);
  });
});

describe('links and ids of WhatsApp carry the country code, also where digits are declared national', () => {
  it.each(['5511987654321@s.whatsapp.net', 'https://wa.me/5511987654321', '+55 11 98765-4321', '0055 11 98765-4321'])('%s', (input) => {
    expect(read(input, national('BR'))).toBe('+5511987654321');
  });
});

describe('digits are national only where that is declared, or where they begin with zero', () => {
  it.each([
    ['0151 23438657', { defaultCountry: 'DE' }, '+4915123438657'],
    ['4915123438657', { defaultCountry: 'DE' }, '+4915123438657'],
    ['0151 23438657', {}, 'national_format_needs_country'],
    ['9876543210', { digits: 'national' }, 'national_format_needs_country'],
    ['0151 23438657', national('XX'), 'unknown_country'],
    ['020 7946 0958', { defaultCountry: 'UK' }, '+442079460958'],
    ['06 6981 2345', national('IT'), '+390669812345'],
    ['8 (912) 345-67-89', national('RU'), '+79123456789'],
    ['06 20 123 4567', national('HU'), '+36201234567'],
    ['０９０ー１２３４ー５６７８', national('JP'), '+819012345678'],
    ['06/12/34/56/78', national('FR'), '+33612345678'],
    ['1 (415) 555-2671', national('US'), us],
    ['312345', national('AD'), '+376312345'],
  ] as Array<[string, AddressOptions, string]>)('%s %o', (input, options, key) => {
    expect(read(input, options)).toBe(key);
  });
});

describe('the international prefix of the default country is understood beside 00', () => {
  it.each([
    ['011 44 20 7946 0958', national('CA'), '+442079460958'],
    ['011442079460958', {}, 'national_format_needs_country'],
    ['+011 44 20 7946 0958', { defaultCountry: 'US' }, '+442079460958'],
    ['0011 1 415 555 2671', { defaultCountry: 'AU' }, us],
    ['0011 64 21 123 456', { defaultCountry: 'AU' }, '+6421123456'],
    ['010 1 415 555 2671', { defaultCountry: 'JP' }, us],
    ['8~10 44 20 7946 0958', national('RU'), '+442079460958'],
    ['0015 1 415 555 2671', { defaultCountry: 'BR' }, us],
    ['00852 2345 6789', { defaultCountry: 'KR' }, '+85223456789'],
    ['00442079460958', national('US'), '+442079460958'],
  ] as Array<[string, AddressOptions, string]>)('%s %o', (input, options, key) => {
    expect(read(input, options)).toBe(key);
  });
});

describe('a zero in brackets goes where it is a trunk prefix, and stays where it is part of the number', () => {
  it.each([
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['0044 (0)20 7946 0958', '+442079460958'],
    ['+39 (0)6 69812345', '+390669812345'],
    ['+39 (0)347 1234567', '+393471234567'],
    ['+225 (0)7 07 12 34 56', '+2250707123456'],
  ])('%s', (input, key) => {
    expect(read(input)).toBe(key);
  });
});

describe('abolished forms and forms of WhatsApp have the key of the new form, and say by which rule', () => {
  it.each([
    ['+52 044 55 1234 5678', '+525512345678', undefined],
    ['+52 01 55 1234 5678', '+525512345678', undefined],
    ['5215512345678', '+525512345678', 'mx_mobile_1'],
    ['553187654321', '+5531987654321', 'br_ninth_digit'],
    ['+551133334444', '+551133334444', undefined],
    ['+54 11 2345 6789', '+5491123456789', 'ar_mobile_9'],
    ['+54 9 11 15 2345-6789', '+5491123456789', undefined],
    ['+54 9 0343 15 5551212', '+5493435551212', undefined],
    ['+22545123456', '+2250545123456', 'ci_mobile_05'],
    ['+22520212223', '+2252720212223', 'ci_fixed_27'],
    ['+22997123456', '+2290197123456', 'bj_prefix_01'],
  ])('%s', (input, key, matchedBy) => {
    expect(parseAddress(input)).toMatchObject({ ok: true, value: { key, ...(matchedBy === undefined ? {} : { matchedBy }) } });
  });

  it('keeps the form that was given as the address to send to', () => {
    expect(parseAddress('5215512345678@c.us')).toEqual({ ok: true, value: { kind: 'phone', address: '+5215512345678', key: '+525512345678', matchedBy: 'mx_mobile_1' } });
  });
});

describe('what is not understood is refused, each with its own code', () => {
  it.each([
    ['   ', 'empty'],
    ['\u200b', 'empty'],
    [true, 'not_text'],
    [['+14155552671'], 'not_text'],
    [2 ** 53, 'lossy_number'],
    [1.5, 'lossy_number'],
    ['14155552671.5', 'lossy_number'],
    ['1,41556E+10', 'scientific_notation'],
    ['+14155552671, +14155552672', 'many'],
    ['14155552671\n14155552672', 'many'],
    ['+14155552671+14155552672', 'many'],
    ['sms:+14155552671,+14155552672', 'many'],
    ['415-555-2671/72', 'many'],
    ['4155552671 or 4155552672', 'many'],
    ['40404', 'short_code'],
    ['120363025246125486', 'too_long'],
    ['https://chat.whatsapp.com/AbCdEf', 'group'],
    ['120363025246125486@g.us', 'not_a_phone'],
    ['https://wa.me/message/ABCDEF', 'not_a_phone'],
    ['https://example.com/14155552671', 'not_a_phone'],
    ['*67 14155552671', 'not_a_phone'],
    ['-14155552671', 'not_a_phone'],
    ['tel:5552671;phone-context=pbx.example', 'not_global'],
    ['sip:1001@pbx.example', 'not_global'],
    ['1-800-FLOWERS', 'letters'],
    ['call +14155552671', 'letters'],
    ['{{ $json.phone }}', 'letters'],
    ['+1415555267¹', 'bad_characters'],
    ['+1 415 555 2671 €', 'bad_characters'],
    ['+999123456789', 'unknown_country_code'],
    ['+0123456789', 'unknown_country_code'],
    ['4155552671', 'not_possible'],
  ])('%s', (input, code) => {
    expect(read(input)).toBe(code);
  });

  it('a Brazilian number without its area code', () => {
    expect([read('98765-4321', national('BR')), read('3333-4444', national('BR')), read('4004-1234', national('BR'))]).toEqual(['not_possible', 'not_possible', '+5540041234']);
  });

  it('a short code that a country would have as a number', () => {
    expect(read('12345', national('DE'))).toBe('short_code');
  });
});
