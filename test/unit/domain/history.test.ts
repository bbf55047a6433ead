import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainEvents, hashedText, isChainIntact, rebuildEntries, type EventDraft, type EventRecord } from '../../../server/src/domain/history.ts';
import { canonicalJson } from '../../../server/src/domain/canonical-json.ts';
import { entryOf } from '../../support/entry.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const draft = (id: number, changes: Partial<EventDraft> = {}): EventDraft => ({
  id, key: '+14155552671', at: 1_000 + id, actor: 'key_1', action: 'added', entryId: id, before: null, after: { id, note: `line ${id}` }, batch: null, reason: null, ...changes,
});

/** Four lines of one address as the store gives them: newest first. */
const newestFirst = (): EventRecord[] => chainEvents([1, 2, 3, 4].map((id) => draft(id)), new Map(), digest).reverse();

describe('the history of an address', () => {
  it('counts its lines and chains each to the one before', () => {
    const lines = newestFirst().reverse();
    expect(lines.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(lines.map(({ previousHash }) => previousHash)).toEqual([null, ...lines.slice(0, 3).map(({ hash }) => hash)]);
    expect(isChainIntact(newestFirst(), digest)).toBe(true);
  });

  it('goes on from the last line that was written', () => {
    const first = chainEvents([draft(1)], new Map(), digest);
    const second = chainEvents([draft(2)], new Map([['+14155552671', first[0] as EventRecord]]), digest);
    expect(isChainIntact([...second, ...first], digest)).toBe(true);
  });

  it('keeps a chain of its own for every address', () => {
    const lines = chainEvents([draft(1), draft(2, { key: 'ann@example.com' }), draft(3)], new Map(), digest);
    expect(lines.map(({ sequence }) => sequence)).toEqual([1, 1, 2]);
    expect(lines[1]?.previousHash).toBeNull();
    expect(lines[2]?.previousHash).toBe(lines[0]?.hash);
  });

  const fields: Array<[keyof EventRecord, unknown]> = [
    ['id', 99], ['key', '+14155552672'], ['sequence', 9], ['at', 1], ['actor', 'key_2'], ['action', 'removed'], ['entryId', 9], ['before', { id: 9 }],
    ['after', { id: 2, note: 'changed' }], ['batch', 'b'], ['reason', 'r'], ['previousHash', 'f'.repeat(64)], ['hash', 'f'.repeat(64)],
  ];
  it.each(fields)('shows a line whose %s was changed', (field, value) => {
    for (const position of [0, 1, 2, 3]) {
      const lines = newestFirst().map((line, index) => (index === position ? { ...line, [field]: value } : line));
      expect(isChainIntact(lines, digest)).toBe(false);
    }
  });

  it.each([1, 2])('shows that the line %i before the newest was dropped', (position) => {
    expect(isChainIntact(newestFirst().toSpliced(position, 1), digest)).toBe(false);
  });

  it('shows a line that was put in later, however well it is made', () => {
    const lines = newestFirst();
    const [forged] = chainEvents([draft(7)], new Map([['+14155552671', lines[2] as EventRecord]]), digest);
    expect(isChainIntact(lines.toSpliced(1, 0, forged as EventRecord), digest)).toBe(false);
  });

  it('shows a line that was written anew, however well it is made', () => {
    const lines = newestFirst();
    const [forged] = chainEvents([draft(8, { actor: 'key_2' })], new Map([['+14155552671', lines[2] as EventRecord]]), digest);
    expect(forged?.sequence).toBe(lines[1]?.sequence);
    expect(isChainIntact(lines.toSpliced(1, 1, forged as EventRecord), digest)).toBe(false);
  });

  it('shows lines that changed places', () => {
    const [first, second, ...rest] = newestFirst() as [EventRecord, EventRecord, ...EventRecord[]];
    expect(isChainIntact([second, first, ...rest], digest)).toBe(false);
  });

  it('shows a beginning that is not the first line', () => {
    const [forged] = chainEvents([draft(1)], new Map([['+14155552671', { sequence: 0, hash: 'f'.repeat(64) }]]), digest);
    expect(isChainIntact([forged as EventRecord], digest)).toBe(false);
  });

  it('takes the newest lines alone for intact, as a page of them shows no more', () => {
    expect(isChainIntact(newestFirst().slice(0, 2), digest)).toBe(true);
  });

  it('writes a value as JSON with its names in order, whatever came before', () => {
    fc.assert(fc.property(fc.array(fc.jsonValue({ noUnicodeString: false }), { maxLength: 4 }), (values) => values.every((value) => canonicalJson(value) === ordered(value))), { numRuns: 2_000 });
    for (const names of [['a,b', 'c'], ['a', 'b,c']]) expect(canonicalJson(Object.fromEntries(names.map((name) => [name, 1])))).toBe(`{"${names[0]}":1,"${names[1]}":1}`);
  });

  it('hashes the canonical JSON of a line, all of it but the hash', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('+14155552671'));
    const line = fc.record({
      id: fc.maxSafeNat(), key: text, sequence: fc.nat(), at: fc.maxSafeNat(), actor: text, action: fc.constantFrom('added' as const, 'removed' as const), entryId: fc.option(fc.maxSafeNat()),
      before: fc.jsonValue(), after: fc.oneof(fc.jsonValue(), fc.constant(entryOf())), batch: fc.option(text), reason: fc.option(text), previousHash: fc.option(text),
    });
    fc.assert(fc.property(line, (one) => hashedText(one) === ordered(one)), { numRuns: 2_000 });
  });

  it('hashes the same value alike after it went through a store', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => canonicalJson(JSON.parse(JSON.stringify(value))) === canonicalJson(value)),
    );
    expect(canonicalJson({ b: 1, a: [undefined, { d: null, c: 'x' }], e: undefined })).toBe(canonicalJson({ a: [null, { c: 'x', d: null }], b: 1 }));
  });

  it('hashes different values differently', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.jsonValue(), (one, other) => {
        const normal = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
        fc.pre(JSON.stringify(sorted(normal(one))) !== JSON.stringify(sorted(normal(other))));
        return canonicalJson(one) !== canonicalJson(other);
      }),
    );
  });
});

/** JSON with sorted names, written plainly. */
function ordered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(ordered).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${ordered((value as Record<string, unknown>)[name])}`).join(',')}}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.keys(value).sort().map((name) => [name, sorted((value as Record<string, unknown>)[name])]);
}

describe('entries rebuilt from the history', () => {
  it('are those that were open after the last line', () => {
    const one = entryOf({ id: 1 });
    const wider = entryOf({ id: 1, expiresAt: 5 });
    const two = entryOf({ id: 2 });
    const three = entryOf({ id: 3 });
    const lines = chainEvents(
      [
        draft(1, { entryId: 1, after: one }),
        draft(2, { entryId: 2, after: two }),
        draft(3, { entryId: 1, action: 'widened', before: one, after: wider }),
        draft(4, { entryId: 2, action: 'removed', before: two, after: { endedAt: 4 } }),
        draft(5, { entryId: null, action: 'linked' }),
        draft(6, { entryId: 3, after: three }),
        draft(7, { entryId: 3, action: 'expired', before: three, after: { endedAt: 7 } }),
      ],
      new Map(),
      digest,
    );
    expect(rebuildEntries(lines)).toEqual([wider]);
    expect(rebuildEntries(lines.slice(0, 2))).toEqual([one, two]);
  });
});
