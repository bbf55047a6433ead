import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../server/src/domain/address/address.ts';
import { fastEmail, slowEmail } from '../../server/src/domain/address/email.ts';
import { mailboxRules } from '../../server/src/domain/address/mailbox-rules.ts';
import { pick, randomDigits, seeded } from '../unit/address/support/random.ts';

const seed = 20_260_714;
const domains = ['example.com', 'mail.example.co.uk', 'bücher.example', '例え.jp', 'straße.example', 'gmail.com', 'pm.me', 'docomo.ne.jp', 'a-b.example', 'sub_domain.example.com'];
const locals = ['ann', 'Ann.B', "o'brien", 'a..b', 'ann+news', 'josé', '用户', 'İrem', 'ΟΔΟΣ', '"ann b"', '"a@b"', 'a_n-n', '+x', '1ann'];

const keyOf = (text: string): string => {
  const result = parseAddress(text, { kind: 'email' });
  return result.ok ? result.value.key : result.code;
};

/** Ways to write the same address. */
const writings: Array<(local: string, domain: string) => string> = [
  (local, domain) => ` ${local}@${domain}\t`,
  (local, domain) => `<${local}@${domain}>`,
  (local, domain) => `"Ann, B. <x>" <${local}@${domain}>`,
  (local, domain) => `Ann B <${local}@${domain}>`,
  (local, domain) => `${local}@${domain} (Ann)`,
  (local, domain) => `mailto:${encodeURIComponent(local)}@${domain}?subject=Hi%20there`,
  (local, domain) => `${local}@${domain.replace(/[a-zü]/g, (letter) => letter.toUpperCase())}.`,
  (local, domain) => `${local}\u200b@${domain}\ufeff`,
  (local, domain) => `${local.normalize('NFD')}\uff20${domain.normalize('NFD')}`,
  (local, domain) => `\u2068${local}@${domain}\u2069;`,
  (local, domain) => `"${local.startsWith('"') ? local.slice(1, -1) : local}"@${domain}`,
];

describe('one mailbox, one key', () => {
  it('every way to write an address has the key of the address', () => {
    for (const local of locals) {
      for (const domain of domains) {
        const key = keyOf(`${local}@${domain}`);
        expect(key).toContain('@');
        for (const writing of writings) expect([writing(local, domain), keyOf(writing(local, domain))]).toEqual([writing(local, domain), key]);
      }
    }
  });

  it('the fast path and the slow path agree on 200,000 random texts', () => {
    const random = seeded(seed);
    const characters = [...'abcxyzABZ0189._+-@@....-xn--"(< '];
    let taken = 0;
    for (let run = 0; run < 200_000; run += 1) {
      const tail = pick(random, ['', '.com', '@example.com', '@gmail.com', '@c.us', '@xn--bcher-kva.de', '@pm.me']);
      const text = Array.from({ length: 1 + Math.floor(random() * 14) }, () => pick(random, characters)).join('') + tail;
      const fast = fastEmail(text);
      if (fast === undefined) continue;
      taken += 1;
      const slow = slowEmail(text);
      if (JSON.stringify(slow) !== JSON.stringify(fast)) expect([text, fast]).toEqual([text, slow]);
    }
    expect(taken).toBeGreaterThan(25_000);
  });

  it('a key, an address and a mailbox read again are themselves', () => {
    const text = fc.oneof(
      fc.emailAddress(),
      fc.tuple(fc.constantFrom(...locals), fc.constantFrom(...domains), fc.constantFrom(...writings)).map(([local, domain, writing]) => writing(local, domain)),
      fc.tuple(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constantFrom(...domains)).map(([local, domain]) => `${local}@${domain}`),
      fc.tuple(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 12 })).map(([local, domain]) => `${local}@${domain}.com`),
    );
    fc.assert(
      fc.property(text, (input) => {
        const result = parseAddress(input, { kind: 'email' });
        if (!result.ok) return;
        const { key, address, mailbox = '' } = result.value;
        expect(parseAddress(key, { kind: 'email' })).toMatchObject({ ok: true, value: { key, mailbox } });
        expect(parseAddress(address, { kind: 'email' })).toMatchObject({ ok: true, value: { key, address, mailbox } });
        expect(parseAddress(mailbox, { kind: 'email' })).toMatchObject({ ok: true, value: { mailbox } });
      }),
      { numRuns: 8_000, seed },
    );
  });
});

describe('two people never share a key', () => {
  it('20,000 different addresses have different keys, and different mailboxes except where a listed provider says so', () => {
    const random = seeded(seed + 1);
    const listed = new Set(mailboxRules.flatMap((rule) => rule.domains));
    const names = new Map<string, string>();
    const mailboxes = new Map<string, string>();
    for (let run = 0; run < 25_000; run += 1) {
      const local = pick(random, ['ann', 'a.nn', 'a-nn', 'a_nn', 'аnn', 'ánn', 'änn', 'ann+b', 'ann.']) + randomDigits(random, 5);
      const domain = pick(random, ['example.com', 'exаmple.com', 'gmail.com', 'outlook.com', 'outlook.de', 'yahoo.com', 'straße.example', 'strasse.example']);
      const written = `${local}@${domain}`;
      const result = parseAddress(written, { kind: 'email' });
      if (!result.ok) throw new Error(`${written} was refused: ${result.code}`);
      const { key, mailbox = '' } = result.value;
      expect(names.get(key) ?? written).toBe(written);
      names.set(key, written);
      if (listed.has(domain)) continue;
      expect(mailbox).toBe(key);
      expect(mailboxes.get(mailbox) ?? written).toBe(written);
      mailboxes.set(mailbox, written);
    }
    expect(names.size).toBeGreaterThan(20_000);
  });
});
