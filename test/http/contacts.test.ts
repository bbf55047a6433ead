import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../support/service.ts';

describe('linked addresses of one person', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  let lastNumber = 20_000_000;
  /** A phone and a WhatsApp user id of somebody new. */
  const somebody = (): { phone: string; userId: string; email: string } => {
    lastNumber += 1;
    return { phone: `+4915${lastNumber}1`, userId: `DE.${lastNumber}`, email: `person${lastNumber}@example.com` };
  };
  const decide = async (address: unknown) => (await service.call('POST', '/v1/checks', { recipients: [address] })).body.decisions[0];
  const add = (entry: object) => service.call('POST', '/v1/entries', { entries: [entry] });
  const link = (addresses: unknown[], more: object = {}) => service.call('POST', '/v1/contacts/link', { addresses, ...more });
  const unlink = (addresses: unknown[], key?: string) => service.call('POST', '/v1/contacts/unlink', { addresses }, key ? { key } : {});
  const historyOf = async (address: string) => (await service.call('GET', `/v1/addresses/${encodeURIComponent(address)}`)).body;

  it('writes all addresses of a call, and any of them holds the others', async () => {
    const { phone, userId, email } = somebody();
    const { body } = await add({ kind: 'block', addresses: [phone, userId, email] });
    expect(body.results[0].entries).toHaveLength(3);
    for (const address of [phone, userId, email]) expect((await decide(address)).code).toBe('blacklisted');
  });

  it('holds a primary number through the secondary one that was blocked later', async () => {
    const [primary, secondary] = [somebody().phone, somebody().phone];
    await link([primary, secondary]);
    expect((await decide(primary)).decision).toBe('allow');
    await add({ kind: 'block', address: secondary });
    const decision = await decide(primary);
    expect(decision.decision).toBe('suppress');
    expect(decision.matched[0].matchedBy).toBe('linked');
  });

  it('keeps the block of the old number and lets it hold the new one when a provider says that the number changed', async () => {
    const [oldNumber, newNumber] = [somebody().phone, somebody().phone];
    await add({ kind: 'block', address: oldNumber, channel: 'whatsapp' });
    const answer = await link([oldNumber, newNumber], { reason: 'number_changed' });
    expect(answer.status).toBe(200);
    expect((await decide(oldNumber)).decision).toBe('suppress');
    expect((await decide(newNumber)).matched[0].matchedBy).toBe('linked');
    const { events } = await historyOf(newNumber);
    expect(events[0]).toMatchObject({ action: 'linked', reason: 'number_changed', before: { contact: null } });
  });

  it('links the addresses of one person that a removal names, and a dry run links nothing', async () => {
    const { phone, email } = somebody();
    const remove = (more: object = {}) => service.call('POST', '/v1/entries/remove', { kind: 'block', addresses: [[phone, email]], ...more });
    await remove({ dryRun: true });
    expect((await historyOf(phone)).linked).toEqual([]);
    await remove();
    expect((await historyOf(phone)).linked.map(({ address }: { address: string }) => address)).toEqual([email]);
  });

  it('brings along whoever was linked before, over several calls', async () => {
    const { phone, userId, email } = somebody();
    await link([phone, userId], { reason: 'user_id_changed' });
    const { body } = await link([userId, email]);
    expect(body.addresses.map(({ address }: { address: string }) => address).sort()).toEqual([phone, userId, email].sort());
  });

  it('undoes a link made by mistake, and the history of both shows it', async () => {
    const [one, other] = [somebody().phone, somebody().phone];
    await link([one, other]);
    await add({ kind: 'block', address: one });
    expect((await decide(other)).decision).toBe('suppress');
    expect((await unlink([other])).body).toEqual({ contact: null, addresses: [{ kind: 'phone', address: other, key: other }] });
    expect((await decide(other)).decision).toBe('allow');
    expect((await decide(one)).decision).toBe('suppress');
    for (const address of [one, other]) {
      const { events, historyIntact, contact } = await historyOf(address);
      expect(events.map(({ action }: { action: string }) => action).filter((action: string) => action.endsWith('linked'))).toEqual(['unlinked', 'linked']);
      expect(historyIntact).toBe(true);
      expect(contact).toBeNull();
    }
  });

  it('leaves the others together when one of three is taken out', async () => {
    const { phone, userId, email } = somebody();
    await link([phone, userId, email]);
    await unlink([email]);
    expect((await historyOf(phone)).linked.map(({ address }: { address: string }) => address)).toEqual([userId]);
    expect((await historyOf(email)).linked).toEqual([]);
  });

  it('links nothing when one of the addresses cannot be read', async () => {
    const { phone } = somebody();
    const answer = await link([phone, '9.18E+11']);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-address' } });
    expect((await historyOf(phone)).contact).toBeNull();
  });

  it('does the same once however often it is asked', async () => {
    const { phone, userId } = somebody();
    await link([phone, userId]);
    await link([userId, phone]);
    expect((await historyOf(phone)).events).toHaveLength(1);
  });

  it('lets an agent link, and only a manager take apart', async () => {
    const { phone, userId } = somebody();
    const agent = await service.createKey('agent');
    expect((await service.call('POST', '/v1/contacts/link', { addresses: [phone, userId] }, { key: agent })).status).toBe(200);
    expect((await unlink([phone], agent)).status).toBe(403);
  });
});
