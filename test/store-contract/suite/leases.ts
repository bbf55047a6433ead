import { expect, it } from 'vitest';
import type { Store } from '../../../server/src/app/ports.ts';

export function leasePromises(opened: () => Store): void {
  const claim = (name: string, holder: string, now: number, until: number) => opened().write((writer) => writer.leases.claim(name, holder, now, until));
  const hold = (name: string, holder: string, until: number) => opened().write((writer) => writer.leases.hold(name, holder, until));

  it('gives work to one holder, and to the next one when its time is up', async () => {
    expect(await claim('expiry', 'a', 100, 200)).toBe(true);
    expect([await claim('expiry', 'b', 150, 300), await claim('expiry', 'b', 199, 300), await claim('expiry', 'a', 199, 300)]).toEqual([false, false, false]);
    expect(await claim('other', 'b', 150, 300)).toBe(true);
    expect(await claim('expiry', 'b', 200, 300)).toBe(true);
    expect(await claim('expiry', 'a', 299, 400)).toBe(false);
  });

  it('lets the holder, and nobody else, move the end of its claim', async () => {
    await claim('expiry', 'a', 100, 200);
    expect([await hold('expiry', 'b', 900), await hold('none', 'a', 900), await hold('expiry', 'a', 500)]).toEqual([false, false, true]);
    expect(await claim('expiry', 'b', 499, 900)).toBe(false);
    expect(await hold('expiry', 'a', 300)).toBe(true);
    expect(await claim('expiry', 'b', 300, 900)).toBe(true);
    expect(await hold('expiry', 'a', 1_000)).toBe(false);
  });

  it('gives work to one of many that claim it at once, whether or not it was ever claimed', async () => {
    for (const now of [100, 200, 300]) {
      const claims = await Promise.all(Array.from({ length: 12 }, (_, index) => claim('expiry', `server ${index}`, now, now + 100)));
      expect(claims.filter(Boolean).length).toBe(1);
    }
  });

  it('takes a claim back when the write fails', async () => {
    await expect(opened().write(async (writer) => {
      await writer.leases.claim('expiry', 'a', 100, 200);
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(await claim('expiry', 'b', 100, 200)).toBe(true);
  });
}
