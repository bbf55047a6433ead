import { describe, expect, it } from 'vitest';
import { n8nSuite } from '../support/n8n-suite.ts';

const contact = '={{ $json.phone }}';

describe('Opt Out in n8n', () => {
  const suite = n8nSuite();
  const optOut = (parameters: Record<string, unknown>, input: Array<Record<string, unknown>>, node = {}, options = {}) =>
    suite.run('optOut', 'optOut', { contact, ...parameters }, input, node, options);

  it('opts out of the default list at the recipient’s will', async () => {
    const run = await optOut({}, [{ phone: '+14155550401', n: 1 }]);
    expect(run.output(0)[0]!.json).toMatchObject({ n: 1, quietlist: { outcome: 'added' } });
    expect((await suite.entriesOf('+14155550401'))[0]).toMatchObject({ kind: 'opt_out', list: 'default', by: 'recipient', purpose: 'marketing', channel: null });
  });

  it('opts out of one or many lists on several channels (B12)', async () => {
    await suite.service.call('POST', '/v1/lists', { name: 'Promotions' });
    const run = await optOut({ lists: ['default', 'Promotions'], channels: ['sms', 'email'] }, [{ phone: '+14155550402' }]);
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ outcome: 'added', entries: Array(4).fill(expect.stringMatching(/^ent_/)) });
    expect((await suite.entriesOf('+14155550402')).map(({ listName, channel }) => `${listName} ${channel}`)).toHaveLength(4);
  });

  it('puts an opt-out that names no list on the default one', async () => {
    await optOut({ lists: '={{ $json.lists }}' }, [{ phone: '+14155550403' }]);
    expect((await suite.entriesOf('+14155550403'))[0]).toMatchObject({ list: 'default' });
  });

  it('keeps an opt-out whose address cannot be read, and says so', async () => {
    const run = await optOut({}, [{ phone: 'stop please' }]);
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ outcome: 'added', unverified: true });
  });

  it('never refuses an opt-out for a long note', async () => {
    const run = await optOut({ options: { note: '={{ "STOP 🚫\\n".repeat(200) }}' } }, [{ phone: '+14155550404' }]);
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ outcome: 'added' });
    expect(String((await suite.entriesOf('+14155550404'))[0]!.note)).toMatch(/^STOP .{250,}/);
  });

  it('is open to an agent’s key', async () => {
    const run = await optOut({ requestedBy: 'operator', options: { purpose: 'all', reason: 'subscriber_complaint' } }, [{ phone: '+14155550405' }], {}, suite.options(await suite.service.createKey('agent')));
    expect(run.error).toBeUndefined();
    expect((await suite.entriesOf('+14155550405'))[0]).toMatchObject({ by: 'operator', purpose: 'all', reason: 'subscriber_complaint' });
  });
});

describe('Remove Opt Out in n8n', () => {
  const suite = n8nSuite();
  const removeOptOut = (parameters: Record<string, unknown>, input: Array<Record<string, unknown>>, node = {}) => suite.run('optOut', 'removeOptOut', { contact, ...parameters }, input, node);
  const optOut = (entries: Array<Record<string, unknown>>) => suite.service.call('POST', '/v1/entries', { entries: entries.map((entry) => ({ kind: 'opt_out', by: 'recipient', ...entry })) });
  const consent = { consentMethod: 'written', consentStatement: 'Yes, please', consentGivenAt: '2026-03-03T10:15:00Z', consentRecordedBy: 'Maria' };

  it('lifts an opt-out at the recipient’s own wish', async () => {
    await optOut([{ address: '+14155550501' }]);
    const run = await removeOptOut({ requestedBy: 'recipient' }, [{ phone: '+14155550501' }]);
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ outcome: 'removed', remaining: 0 });
    expect(suite.proxy.requests[0]!.body).not.toHaveProperty('consent');
  });

  it('lifts it for an operator only with the consent it sends along', async () => {
    await optOut([{ address: '+14155550502' }]);
    const run = await removeOptOut({ ...consent, requestedBy: 'operator' }, [{ phone: '+14155550502' }]);
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ outcome: 'removed' });
    expect(suite.proxy.requests[0]!.body.consent).toEqual({ method: 'written', statement: 'Yes, please', at: '2026-03-03T10:15:00.000Z', by: 'Maria' });
  });

  it.each(['consentStatement', 'consentGivenAt', 'consentRecordedBy'])('lifts nothing without consent: %s is empty', async (name) => {
    await optOut([{ address: '+14155550503' }]);
    const run = await removeOptOut({ ...consent, [name]: '={{ $json.nothing }}' }, [{ phone: '+14155550503' }]);
    expect(run.error).toMatchObject({ message: expect.stringContaining('says nothing'), context: { itemIndex: 0 } });
    expect(await suite.entriesOf('+14155550503')).toHaveLength(1);
  });

  it('wants consent unless told that the recipient asked', async () => {
    await optOut([{ address: '+14155550504' }]);
    // n8n itself does not start a workflow in which a required field is empty.
    await expect(removeOptOut({}, [{ phone: '+14155550504' }])).rejects.toThrow('has issues');
    expect(await suite.entriesOf('+14155550504')).toHaveLength(1);
  });

  it('lifts from the chosen lists, or from every list', async () => {
    await suite.service.call('POST', '/v1/lists', { name: 'Promotions' });
    await optOut([{ address: '+14155550505' }, { address: '+14155550505', list: 'Promotions' }]);
    const one = await removeOptOut({ requestedBy: 'recipient', lists: ['Promotions'] }, [{ phone: '+14155550505' }]);
    expect(one.output(0)[0]!.json.quietlist).toMatchObject({ outcome: 'removed', remaining: 1 });
    await optOut([{ address: '+14155550505', list: 'Promotions' }]);
    const every = await removeOptOut({ requestedBy: 'recipient', lists: ['*'] }, [{ phone: '+14155550505' }]);
    expect(every.output(0)[0]!.json.quietlist).toMatchObject({ outcome: 'removed', remaining: 0, entries: [expect.any(String), expect.any(String)] });
  });
});

describe('reading opt-outs and lists in n8n', () => {
  const suite = n8nSuite();

  it('gets the opt-outs of a list, and the lists themselves', async () => {
    await suite.service.call('POST', '/v1/lists', { name: 'Promotions', description: 'Offers' });
    await suite.service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: '+14155550601', list: 'Promotions' }, { kind: 'opt_out', address: '+14155550602' }, { kind: 'block', address: '+14155550603' }] });
    const optOuts = await suite.run('optOut', 'getAll', { filters: { list: 'Promotions', createdFrom: '2020-01-01', createdTo: '2099-01-01' } }, [{}]);
    expect(optOuts.output(0).map(({ json }) => json.address)).toEqual(['+14155550601']);
    const lists = await suite.run('list', 'getAll', {}, [{}]);
    expect(lists.output(0).map(({ json }) => [json.name, json.members])).toEqual(expect.arrayContaining([['Promotions', 1]]));
    expect(lists.output(0)).toHaveLength(2);
    expect((await suite.run('list', 'getAll', { limit: 1 }, [{}])).output(0)).toHaveLength(1);
  });
});
