import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../server/src/domain/address/address.ts';

const seed = 20_260_714;
const restricted = {
  telegram: fc.integer({ min: 1, max: 1_099_511_627_775 }).map(String),
  messenger: fc.bigInt({ min: 10n ** 14n, max: 10n ** 17n }).map(String),
  instagram: fc.bigInt({ min: 10n ** 14n, max: 10n ** 17n }).map(String),
  line: fc.stringMatching(/^U[0-9a-f]{32}$/),
  slack: fc.stringMatching(/^[UW][A-Z0-9]{8,11}$/),
  discord: fc.bigInt({ min: 10n ** 16n, max: 18_446_744_073_709_551_615n }).map(String),
} as const;
const restrictedHandle = fc.constantFrom(...(Object.keys(restricted) as Array<keyof typeof restricted>)).chain((channel) => restricted[channel].map((id) => ({ channel, id })));
const scope = fc.oneof(fc.constant(''), fc.stringMatching(/^[!-~]{1,12}$/));

describe('an id keeps its exact characters', () => {
  it('an id of a channel is the handle of that channel, and its key read again is itself', () => {
    fc.assert(
      fc.property(restrictedHandle, scope, ({ channel, id }, within) => {
        const result = parseAddress(id, { channel, scope: within });
        expect(result).toMatchObject({ ok: true, value: { kind: 'handle', address: id } });
        const key = result.ok ? result.value.key : '';
        expect(key.startsWith(`${channel}:`) && key.endsWith(`:${id}`)).toBe(true);
        expect(parseAddress(key)).toEqual(result);
        expect(parseAddress(key, { kind: 'handle' })).toEqual(result);
        expect(parseAddress(id, { kind: 'handle', channel, scope: within })).toEqual(result);
      }),
      { numRuns: 3_000, seed },
    );
  });

  it('different ids, scopes and channels never share a key', () => {
    const handle = fc.tuple(fc.constantFrom('webchat', 'push', 'hubspot', 'crm'), scope, fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 6 }));
    fc.assert(
      fc.property(handle, handle, (one, other) => {
        const [first, second] = [one, other].map(([channel, within, id]) => parseAddress(id, { kind: 'handle', channel, scope: within }));
        if (!first?.ok || !second?.ok) return;
        const same = one[0] === other[0] && one[1] === other[1] && one[2].trim() === other[2].trim();
        expect(first.value.key === second.value.key).toBe(same);
      }),
      { numRuns: 20_000, seed },
    );
  });
});

describe('nothing is guessed and nothing throws', () => {
  it('any input on any channel gives a result, and what it gives read again has the same key', () => {
    const input = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[+0-9 ().@:;,a-z-]{0,24}$/), fc.anything(), fc.double(), fc.bigInt());
    const options = fc.record(
      {
        kind: fc.constantFrom('phone', 'email', 'handle'),
        channel: fc.constantFrom('whatsapp', 'sms', 'email', 'telegram', 'webchat', 'slack', 'hubspot', 'constructor', '__proto__', 'Bad Channel', ''),
        scope: fc.string({ maxLength: 4 }),
        digits: fc.constantFrom('international', 'national'),
        defaultCountry: fc.constantFrom('BR', 'DE', 'US', 'IT', 'XX', 'constructor'),
      } as const,
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(input, options, (value, given) => {
        const result = parseAddress(value, given);
        if (!result.ok) {
          expect(result.code).toMatch(/^[a-z_]+$/);
          return;
        }
        const { kind, key, address, mailbox } = result.value;
        expect(mailbox !== undefined).toBe(kind === 'email');
        const again = parseAddress(address, { ...given, kind, ...(kind === 'handle' && key.startsWith('whatsapp:') ? { channel: 'whatsapp' } : {}) });
        expect(again).toMatchObject({ ok: true, value: { kind, key, address } });
      }),
      { numRuns: 40_000, seed },
    );
  });

  it('text made to catch a slow pattern is answered: one that went back and forth would not end within the test', () => {
    const runs = ['1', ' ', '1 ', '(', '1(0', '+1', '<', '"', ';', '1;', ' x1', '\u200c', '０', '[', 'a@', '.', 'a.', '"\\', '(a'];
    for (const run of runs) {
      for (const [start, end] of [['', ''], ['+1415555', '!'], ['a@', 'x1'], ['tel:', '(0'], ['mailto:', '@a.com']] as const) {
        const text = `${start}${run.repeat(512)}`.slice(0, 512 - end.length) + end;
        for (const channel of ['webchat', 'email', 'sms']) expect(parseAddress(text, { channel })).toHaveProperty('ok');
      }
    }
  });
});
