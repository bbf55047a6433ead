import { expect, it } from 'vitest';
import { UniqueConflict, type IdempotencyRecord, type IdempotencyWriter, type Store } from '../../../server/src/app/ports.ts';

const aRecord = (fields: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({
  keyId: 1, idempotencyKey: 'k', fingerprint: 'f', status: 200, body: '{"results":["👍"]}', createdAt: 100, ...fields,
});

export function idempotencyPromises(opened: () => Store): void {
  const write = <T>(work: (idempotency: IdempotencyWriter) => Promise<T>) => opened().write((writer) => work(writer.idempotency));

  it('keeps the answer that a key gave, whole', async () => {
    const record = aRecord({ body: JSON.stringify('x'.repeat(2_000_000)), idempotencyKey: 'ü 🚀' });
    await write((idempotency) => idempotency.insert(record));
    expect(await write((idempotency) => idempotency.find(1, 'ü 🚀'))).toEqual(record);
    expect(await write((idempotency) => idempotency.find(2, 'ü 🚀'))).toBeNull();
    expect(await write((idempotency) => idempotency.find(1, 'Ü 🚀'))).toBeNull();
  });

  it('refuses a second answer for one key, and keeps the first', async () => {
    await write((idempotency) => idempotency.insert(aRecord()));
    await expect(write((idempotency) => idempotency.insert(aRecord({ body: 'other' })))).rejects.toBeInstanceOf(UniqueConflict);
    await write((idempotency) => idempotency.insert(aRecord({ keyId: 2, body: 'of another key' })));
    expect(await write((idempotency) => idempotency.find(1, 'k'))).toEqual(aRecord());
  });

  it('forgets what is older than an instant, and says how many', async () => {
    for (const createdAt of [1, 2, 3]) await write((idempotency) => idempotency.insert(aRecord({ idempotencyKey: `k${createdAt}`, createdAt })));
    expect(await write((idempotency) => idempotency.deleteBefore(3))).toBe(2);
    expect(await write((idempotency) => idempotency.find(1, 'k3'))).not.toBeNull();
    expect(await write((idempotency) => idempotency.deleteBefore(3))).toBe(0);
  });
}
