import { CheckRequest } from '@quietlist/contract/check';
import { limits } from '@quietlist/contract/limits';
import { ajvOptions } from '@quietlist/contract/ajv-options';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { schemaCompiler } from '../../server/src/http/compile-schema.ts';
import { Ajv } from '../support/ajv.ts';

const text = fc.oneof(fc.string(), fc.constantFrom('+14155552671', 'x'.repeat(limits.addressLength), 'x'.repeat(limits.addressLength + 1), '𝟙'.repeat(limits.addressLength - 200)));
const recipients = fc.oneof({ weight: 9, arbitrary: fc.array(text, { maxLength: 6 }) }, fc.array(fc.oneof(text, fc.jsonValue()), { maxLength: 6 }), fc.jsonValue());
const request = fc.record({ recipients, channel: fc.oneof({ weight: 9, arbitrary: fc.constantFrom('sms', null, 'No Channel') }, fc.jsonValue()), view: fc.constantFrom('held', 'all', 'none') }, { requiredKeys: [] });

it('the short cut for checks of plain texts refuses what the schema refuses, with the same words', () => {
  const quick = schemaCompiler()(CheckRequest);
  const plain = new Ajv({ ...ajvOptions }).compile(CheckRequest);
  const seen = { valid: 0, refused: 0 };
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: request }, request.map((one) => ({ ...one, extra: 1 })), fc.jsonValue()), (value) => {
      expect(quick(value)).toBe(plain(value));
      if (plain.errors) expect(quick.errors).toEqual(plain.errors);
      seen[plain.errors ? 'refused' : 'valid'] += 1;
    }),
    { numRuns: 5_000 },
  );
  expect(Math.min(seen.valid, seen.refused)).toBeGreaterThan(100);
});

it('counts recipients: none and one too many are refused', () => {
  const quick = schemaCompiler()(CheckRequest);
  expect(quick({ recipients: [] })).toBe(false);
  expect(quick({ recipients: new Array(limits.itemsPerRequest).fill('+14155552671') })).toBe(true);
  expect(quick({ recipients: new Array(limits.itemsPerRequest + 1).fill('+14155552671') })).toBe(false);
});
