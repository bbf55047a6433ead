import { describe, expect, it } from 'vitest';
import { aroundNode, runWorkflow } from '../support/n8n-engine.ts';
import { n8nSuite } from '../support/n8n-suite.ts';

const contact = '={{ $json.phone }}';
const outcomes = (items: Array<{ json: Record<string, unknown> }>) => items.map(({ json }) => (json.quietlist as { outcome?: string }).outcome);

describe('Add to Blacklist in n8n', () => {
  const suite = n8nSuite();
  const add = (parameters: Record<string, unknown>, input: Array<Record<string, unknown>>, node = {}, options = {}) =>
    suite.run('blacklist', 'add', { contact, ...parameters }, input, node, options);

  it('blocks each contact in one request, keeps the input and tells the outcome', async () => {
    const run = await add({}, [{ phone: '+14155550201', n: 1 }, { phone: '+14155550202', n: 2 }]);
    expect(run.output(0).map(({ json }) => json)).toEqual([
      { phone: '+14155550201', n: 1, quietlist: expect.objectContaining({ outcome: 'added', entries: [expect.stringMatching(/^ent_/)] }) },
      { phone: '+14155550202', n: 2, quietlist: expect.objectContaining({ outcome: 'added' }) },
    ]);
    expect(suite.proxy.requests).toHaveLength(1);
    expect(run.items('Quietlist', 0).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
    const again = await add({}, [{ phone: '+14155550201' }]);
    expect(outcomes(again.output(0))).toEqual(['unchanged']);
  });

  it('writes where it comes from: source, workflow, execution and node', async () => {
    await add({}, [{ phone: '+14155550203' }], {}, { executionId: '4711' });
    const [entry] = await suite.entriesOf('+14155550203');
    expect(entry).toMatchObject({ source: 'workflow', evidence: { workflow: 'wf-test', execution: '4711', node: 'Quietlist' } });
  });

  it('makes one entry for each of several people and channels (A5)', async () => {
    const run = await add({ channels: ['whatsapp', 'sms'] }, [{ phone: '+14155550204, blocked@example.com' }]);
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({
      outcome: 'added',
      results: [
        { contact: '+14155550204', channel: 'whatsapp', outcome: 'added' },
        { contact: '+14155550204', channel: 'sms', outcome: 'added' },
        { contact: 'blocked@example.com', channel: 'whatsapp', outcome: 'added' },
        { contact: 'blocked@example.com', channel: 'sms', outcome: 'added' },
      ],
    });
    expect(suite.proxy.requests).toHaveLength(1);
    expect((await suite.entriesOf('+14155550204')).map(({ channel }) => channel).sort()).toEqual(['sms', 'whatsapp']);
  });

  it('blocks on any channel when nothing or “Any Channel” is chosen', async () => {
    await add({ channels: '={{ $json.channel }}' }, [{ phone: '+14155550205' }, { phone: '+14155550206', channel: 'WhatsApp' }, { phone: '+14155550207', channel: ['*', 'sms'] }]);
    expect((await suite.entriesOf('+14155550205')).map(({ channel }) => channel)).toEqual([null]);
    expect((await suite.entriesOf('+14155550206')).map(({ channel }) => channel)).toEqual(['whatsapp']);
    expect((await suite.entriesOf('+14155550207')).map(({ channel }) => channel)).toEqual([null]);
  });

  it('does nothing for an item whose checkbox is off (A9), and asks the service nothing when all are', async () => {
    const run = await add({ blacklistContact: '={{ $json.block }}' }, [{ phone: '+14155550208', block: false }, { phone: '+14155550209', block: true }, { phone: '+14155550210', block: 'FALSE' }]);
    expect(run.output(0).map(({ json }) => json.quietlist)).toEqual([{ skipped: true }, expect.objectContaining({ outcome: 'added' }), { skipped: true }]);
    expect(await suite.entriesOf('+14155550208')).toEqual([]);
    await add({ blacklistContact: false }, [{ phone: '+14155550208' }]);
    expect(suite.proxy.requests).toEqual([]);
  });

  it('takes a checkbox that is neither on nor off for neither', async () => {
    const run = await add({ blacklistContact: '={{ $json.block }}' }, [{ phone: '+14155550211', block: true }, { phone: '+14155550212' }]);
    expect(run.error).toMatchObject({ message: expect.stringContaining('neither true nor false'), context: { itemIndex: 1 } });
    expect(suite.proxy.requests).toEqual([]);
  });

  it('writes reason, note, expiry, direction, sender and batch', async () => {
    await suite.service.call('POST', '/v1/senders', { name: 'Shop', channel: 'whatsapp' });
    const options = { reason: 'suspected_fraud', note: 'line one\nline two', expiresAt: '2099-01-02T03:04:05', direction: 'inbound', sender: 'Shop', batch: 'cleanup', digits: 'national', defaultCountry: 'BR' };
    const run = await add({ options, channels: ['whatsapp'] }, [{ phone: '11 91234-5678' }]);
    expect(outcomes(run.output(0))).toEqual(['added']);
    const [entry] = await suite.entriesOf('+5511912345678');
    expect(entry).toMatchObject({ reason: 'suspected_fraud', note: 'line one line two', expiresAt: '2099-01-02T03:04:05.000Z', direction: 'inbound', senderName: 'Shop', channel: 'whatsapp', batch: 'cleanup' });
  });

  it('reads a date without an offset on the clock of the workflow', async () => {
    const json = aroundNode({ parameters: { resource: 'blacklist', operation: 'add', contact: '+14155550213', options: { expiresAt: '2099-07-01T12:00:00' } } });
    await runWorkflow({ ...json, settings: { timezone: 'America/New_York' } }, suite.options());
    expect((await suite.entriesOf('+14155550213'))[0]).toMatchObject({ expiresAt: '2099-07-01T16:00:00.000Z' });
  });

  it('tells an unreadable contact as invalid and does the others', async () => {
    const run = await add({}, [{ phone: 'nobody' }, { phone: '+14155550214' }, {}]);
    expect(outcomes(run.output(0))).toEqual(['invalid', 'added', 'invalid']);
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ code: expect.stringMatching(/^\w+$/), message: expect.stringMatching(/\w/) });
    expect(run.output(0)[2]!.json.quietlist).toMatchObject({ code: 'missing_contact' });
  });

  it('sends what was not done to the error output when that is chosen', async () => {
    const run = await add({}, [{ phone: 'nobody' }, { phone: '+14155550215' }], { onError: 'continueErrorOutput' });
    expect(outcomes(run.output(0))).toEqual(['added']);
    expect(run.output(1).map(({ json }) => json)).toEqual([{ phone: 'nobody', error: expect.any(String) }]);
  });

  it('keeps one item’s unknown sender from the others', async () => {
    const run = await add({ options: { sender: '={{ $json.sender }}' } }, [{ phone: '+14155550216', sender: 'Nobody' }, { phone: '+14155550217' }], { onError: 'continueRegularOutput' });
    expect(run.output(0).map(({ json }) => json)).toEqual([{ error: expect.any(String) }, expect.objectContaining({ phone: '+14155550217' })]);
  });

  it('says what the key does not permit, and what to do', async () => {
    const key = await suite.service.createKey('agent');
    const run = await add({}, [{ phone: '+14155550218' }], {}, suite.options(key));
    expect(run.error).toMatchObject({ name: 'NodeApiError', httpCode: '403', description: expect.stringContaining('role'), context: { itemIndex: 0 } });
    expect(JSON.stringify(run.raw.data)).not.toContain(key);
    expect(await suite.entriesOf('+14155550218')).toEqual([]);
  });
});

describe('Remove from Blacklist in n8n', () => {
  const suite = n8nSuite();
  const remove = (parameters: Record<string, unknown>, input: Array<Record<string, unknown>>, node = {}) => suite.run('blacklist', 'remove', { contact, ...parameters }, input, node);
  const block = (entries: Array<Record<string, unknown>>) => suite.service.call('POST', '/v1/entries', { entries: entries.map((entry) => ({ kind: 'block', ...entry })) });

  it('lifts the block on whichever channel it is, and says when there was none', async () => {
    await block([{ address: '+14155550301', channel: 'sms' }, { address: '+14155550301', channel: 'whatsapp' }]);
    const run = await remove({}, [{ phone: '+14155550301', n: 1 }, { phone: '+14155550302', n: 2 }, { phone: '?' }]);
    expect(run.output(0).map(({ json }) => [json.n, (json.quietlist as { outcome: string }).outcome])).toEqual([[1, 'removed'], [2, 'absent'], [undefined, 'invalid']]);
    expect(suite.proxy.requests).toHaveLength(1);
    expect(await suite.entriesOf('+14155550301')).toEqual([]);
  });

  it('lifts only the chosen channels, and tells what remains', async () => {
    await block([{ address: '+14155550303', channel: 'sms' }, { address: '+14155550303', channel: 'whatsapp' }, { address: '+14155550303', channel: 'email' }]);
    const run = await remove({ channels: ['sms', 'whatsapp'] }, [{ phone: '+14155550303' }]);
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ outcome: 'removed', results: [{ channel: 'sms', outcome: 'removed' }, { channel: 'whatsapp', outcome: 'removed', remaining: 1 }] });
    expect((await suite.entriesOf('+14155550303')).map(({ channel }) => channel)).toEqual(['email']);
  });

  it('lifts nothing when an expression says nothing about the channel', async () => {
    await block([{ address: '+14155550304', channel: 'sms' }]);
    const run = await remove({ channels: '={{ $json.channel }}' }, [{ phone: '+14155550304' }]);
    expect(run.error).toMatchObject({ message: expect.stringContaining('says nothing') });
    expect(await suite.entriesOf('+14155550304')).toHaveLength(1);
  });

  it('does nothing for an item whose checkbox is off (A9)', async () => {
    await block([{ address: '+14155550305' }]);
    const run = await remove({ removeContact: false }, [{ phone: '+14155550305' }]);
    expect(run.output(0)[0]!.json.quietlist).toEqual({ skipped: true });
    expect(suite.proxy.requests).toEqual([]);
    expect(await suite.entriesOf('+14155550305')).toHaveLength(1);
  });

  it('removes several people of one field', async () => {
    await block([{ address: '+14155550306' }, { address: 'a@example.com' }]);
    const run = await remove({}, [{ phone: '+14155550306,a@example.com' }]);
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ outcome: 'removed', entries: [expect.any(String), expect.any(String)] });
  });
});

describe('Get Many of the blacklist in n8n', () => {
  const suite = n8nSuite();

  it('reads the entries as items of their own, up to the limit or all of them over many pages', async () => {
    const entries = Array.from({ length: 1_205 }, (_, index) => ({ kind: 'block', address: `+1415556${String(index).padStart(4, '0')}`, reason: index % 2 ? 'abuse' : 'legal' }));
    await suite.service.call('POST', '/v1/entries', { entries });
    await suite.service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: '+14155550001' }] });
    const limited = await suite.run('blacklist', 'getAll', { limit: 3 }, [{}]);
    expect(limited.output(0)).toHaveLength(3);
    expect(limited.output(0)[0]!.json).toMatchObject({ kind: 'block', address: expect.stringMatching(/^\+1415556/) });
    const all = await suite.run('blacklist', 'getAll', { returnAll: true }, [{}]);
    expect(all.output(0)).toHaveLength(1_205);
    expect(suite.proxy.requests).toHaveLength(2);
    const some = await suite.run('blacklist', 'getAll', { returnAll: true, filters: { reason: 'abuse', text: '+14155560001', channel: '*' } }, [{}]);
    expect(some.output(0).map(({ json }) => json.address)).toEqual(['+14155560001']);
  });

  it('fails for the items that failed, and reads the others', async () => {
    const run = await suite.run('blacklist', 'getAll', { filters: { sender: '={{ $json.sender }}' } }, [{ sender: 'Nobody' }, {}], { onError: 'continueRegularOutput' });
    expect(run.output(0)[0]!.json).toEqual({ error: expect.any(String) });
    expect(run.output(0).length).toBeGreaterThan(1);
  });
});
