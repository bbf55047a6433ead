import fc from 'fast-check';
import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { parseAddress, variants } from '../../server/src/domain/address/address.ts';
import { aliasOf, phoneAliasRules } from '../../server/src/domain/address/phone-aliases.ts';
import { callingCodeLength, plainNational } from '../../server/src/domain/address/numbering-plan.ts';
import { readByLibrary, readInternational, readNationalByLibrary, type NumberReading } from '../../server/src/domain/address/phone-number.ts';
import { dissectedPhone, fastPhone, plainPhone } from '../../server/src/domain/address/phone.ts';
import { pick, randomDigits, seeded } from '../unit/address/support/random.ts';
import { validNumbers } from '../unit/address/support/valid-numbers.ts';

const seed = 20_260_714;
const valid = validNumbers(36, seed);
const countries = getCountries();
const seen = (reading: NumberReading): string => (reading.ok ? reading.digits : reading.code);
const countryCodes = [...new Set(valid.map((number) => number.slice(1, 2 + Math.floor(Number(number.slice(-1)) / 4))))];

/** Text near the border of what the fast path takes: real numbers, numbers with digits changed, added or lost, and other text. */
function randomText(random: () => number): string {
  const number = pick(random, valid);
  const at = 1 + Math.floor(random() * (number.length - 1));
  switch (Math.floor(random() * 8)) {
    case 0:
      return number;
    case 1:
      return number.slice(0, at) + randomDigits(random, 1) + number.slice(at + 1);
    case 2:
      return number.slice(0, at) + randomDigits(random, 1 + Math.floor(random() * 3)) + number.slice(at);
    case 3:
      return number.slice(0, at) + number.slice(at + 1);
    case 4:
      return `+${pick(random, countryCodes)}${randomDigits(random, 4 + Math.floor(random() * 11))}`;
    case 5:
      return `+${randomDigits(random, 5 + Math.floor(random() * 13))}`;
    case 6:
      return `+${number.slice(1, 3)}${pick(random, ['0', '1', '8', '9', '15', '00'])}${number.slice(3)}`;
    default:
      return Array.from({ length: Math.floor(random() * 16) }, () => pick(random, [...'+0123456789 -().x#*;,@e'])).join('');
  }
}

describe('one number, one key', () => {
  it.each(phoneAliasRules.map(({ id, pattern }) => [id, pattern] as const))('the rule %s applies to every number of its pattern', (id, pattern) => {
    fc.assert(fc.property(fc.stringMatching(new RegExp(pattern)), (digits) => aliasOf(digits).matchedBy === id), { numRuns: 300 });
  });

  it('the fast path and libphonenumber agree on 250,000 random texts', () => {
    const random = seeded(seed);
    let taken = 0;
    for (let run = 0; run < 250_000; run += 1) {
      const text = randomText(random);
      const fast = fastPhone(text);
      if (fast === undefined) continue;
      taken += 1;
      const library = parsePhoneNumberFromString(text, { extract: false });
      if (!fast.ok || library?.number !== fast.value.address || !library.isPossible()) expect([text, fast]).toEqual([text, { library: library?.number, possible: library?.isPossible() }]);
    }
    expect(taken).toBeGreaterThan(50_000);
  });

  it('every short cut reads as the way without it: 80,000 international and 80,000 national numbers', () => {
    const random = seeded(seed + 1);
    let taken = 0;
    for (let run = 0; run < 80_000; run += 1) {
      const digits = randomText(random).replace(/[^0-9]/g, '').slice(0, 17);
      if (digits.length < 7 || digits.startsWith('00')) continue;
      if (callingCodeLength(digits) > 0) {
        const [short, long] = [readInternational(digits), readByLibrary(digits)];
        if (seen(short) !== seen(long)) expect([digits, seen(short)]).toEqual([digits, seen(long)]);
      }
      const country = pick(random, countries);
      const national = pick(random, [digits, digits.slice(2), `0${digits.slice(2)}`, `8${digits.slice(3)}`, `1${digits.slice(1)}`]);
      const short = plainNational(national, country);
      if (short === undefined) continue;
      taken += 1;
      const long = readNationalByLibrary(national, country);
      if (!long.ok || long.digits !== short) expect([national, country, short]).toEqual([national, country, seen(long)]);
    }
    expect(taken).toBeGreaterThan(10_000);
  });

  it('separators without meaning read as the way that takes everything apart', () => {
    const random = seeded(seed + 5);
    const separators = [' ', '-', '.', ' (', ') ', '', '', '(0)', '.0', ' 0 '];
    let taken = 0;
    for (let run = 0; run < 40_000; run += 1) {
      const number = pick(random, [pick(random, valid), pick(random, valid).slice(1), pick(random, valid).slice(3), 'tel:+', 'whatsapp:+']) + randomDigits(random, run % 3);
      const at = 1 + Math.floor(random() * number.length);
      const text = number.slice(0, at) + pick(random, separators) + number.slice(at, at + 3) + pick(random, separators) + number.slice(at + 3);
      const options = { digits: pick(random, ['international', 'national'] as const), defaultCountry: pick(random, countries) };
      const plain = plainPhone(text, options);
      if (plain === undefined) continue;
      taken += 1;
      const apart = dissectedPhone(text.trim(), options);
      if (JSON.stringify(plain) !== JSON.stringify(apart)) expect([text, options, plain]).toEqual([text, options, apart]);
    }
    expect(taken).toBeGreaterThan(10_000);
  });

  it('a key and an address read again are themselves', () => {
    const random = seeded(seed + 2);
    const homes = ['BR', 'MX', 'AR', 'US', 'DE', 'IT', 'GB', 'RU', 'JP', 'AU', 'CI', 'SM', 'GG', 'KR', 'HU', undefined] as const;
    let accepted = 0;
    for (let run = 0; run < 60_000; run += 1) {
      const text = run % 2 === 0 ? randomText(random) : randomText(random).slice(1 + Math.floor(random() * 4));
      const country = pick(random, homes);
      const result = parseAddress(text, { kind: 'phone', digits: pick(random, ['international', 'national'] as const), ...(country === undefined ? {} : { defaultCountry: country }) });
      if (!result.ok) continue;
      accepted += 1;
      const { key, address } = result.value;
      const [again, ofAddress] = [parseAddress(key), parseAddress(address, { digits: 'national', defaultCountry: 'DE' })];
      if (!again.ok || again.value.key !== key || !ofAddress.ok || ofAddress.value.key !== key || ofAddress.value.address !== address) {
        expect([text, country, key, address, again, ofAddress]).toEqual('the same key');
      }
    }
    expect(accepted).toBeGreaterThan(20_000);
  });

  it('every listed variant of a number has the key of the number', () => {
    let several = 0;
    for (const number of valid) {
      const result = parseAddress(number);
      if (!result.ok) continue;
      const forms = variants(result.value.key);
      if (forms.length > 1) several += 1;
      for (const form of forms) {
        for (const written of [form, form.slice(1), `${form.slice(1)}@s.whatsapp.net`, `whatsapp:${form}`, `00${form.slice(1)}`, `${form.slice(0, 5)} ${form.slice(5)}`]) {
          const read = parseAddress(written);
          if (!read.ok || read.value.key !== result.value.key) expect([number, written, read]).toEqual(result.value.key);
        }
      }
    }
    expect(several).toBeGreaterThan(100);
  });

  it('every alias rule maps old numbers to a key that no rule changes again, and says so', () => {
    const random = seeded(seed + 3);
    const seen = new Set<string>();
    for (let run = 0; run < 60_000; run += 1) {
      const code = pick(random, ['521', '55', '54', '225', '229']);
      const digits = code + randomDigits(random, code === '55' || code === '54' || code === '521' ? 10 : 8);
      const alias = aliasOf(digits);
      if (alias.matchedBy === undefined) continue;
      seen.add(alias.matchedBy);
      expect(aliasOf(alias.digits)).toEqual({ digits: alias.digits });
      const result = parseAddress(`+${digits}`);
      if (result.ok) expect(result.value).toMatchObject({ key: `+${alias.digits}`, matchedBy: alias.matchedBy });
    }
    expect([...seen].sort()).toEqual(phoneAliasRules.map((rule) => rule.id).sort());
  });
});

describe('two people never share a key', () => {
  it('20,000 different valid numbers of all countries and types have different keys, except where a listed rule says so', () => {
    expect(valid.length).toBeGreaterThan(20_000);
    const holders = new Map<string, string>();
    for (const number of valid) {
      const result = parseAddress(number);
      if (!result.ok) {
        expect([number.length, result.code]).toSatisfy(([length, code]: [number, string]) => (code === 'short_code' && length <= 7) || (code === 'too_long' && length > 18));
        continue;
      }
      if (result.value.matchedBy !== undefined) continue;
      const holder = holders.get(result.value.key);
      if (holder !== undefined && holder !== number) expect([number, holder]).toEqual('different keys');
      holders.set(result.value.key, number);
    }
    expect(holders.size).toBeGreaterThan(20_000);
  });

  it('a Brazilian landline and the mobile that ends in its digits stay two people', () => {
    const random = seeded(seed + 4);
    for (let run = 0; run < 2_000; run += 1) {
      const rest = `${pick(random, ['2', '3', '4', '5'])}${randomDigits(random, 7)}`;
      const [landline, mobile] = [parseAddress(`+5511${rest}`), parseAddress(`+55119${rest}`)];
      if (landline.ok && mobile.ok) expect(landline.value.key).not.toBe(mobile.value.key);
    }
  });
});
