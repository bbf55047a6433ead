import { beforeAll, describe, expect, it } from 'vitest';
import { aroundNode, runWorkflow } from '../support/n8n-engine.ts';
import { n8nSuite } from '../support/n8n-suite.ts';

const blocked = '+14155550101';
const optedOut = '+14155550102';
const clear = '+14155550103';

describe('Check Suppression in n8n', () => {
  const suite = n8nSuite();
  const asked = () => suite.proxy.requests.map(({ body }) => body);
  const check = (parameters: Record<string, unknown>, input: Array<Record<string, unknown>>) => suite.run('contact', 'check', { contact: '={{ $json.phone }}', ...parameters }, input);

  beforeAll(async () => {
    await suite.service.call('POST', '/v1/lists', { name: 'Promotions' });
    await suite.service.call('POST', '/v1/senders', { name: 'Shop', channel: 'whatsapp' });
    const added = await suite.service.call('POST', '/v1/entries', {
      entries: [
        { kind: 'block', address: blocked, channel: 'whatsapp' },
        { kind: 'opt_out', address: optedOut, list: 'Promotions', by: 'recipient' },
      ],
    });
    expect(added.body.counts).toMatchObject({ added: 2 });
  });

  it('puts suppressed contacts on the first output and clear ones on the second, keeping data and order', async () => {
    const run = await check({}, [{ phone: clear, n: 1 }, { phone: blocked, n: 2 }, { phone: '+14155550104', n: 3 }, { phone: optedOut, n: 4 }]);
    expect(run.output(0).map(({ json }) => json.n)).toEqual([2, 4]);
    expect(run.output(1).map(({ json }) => json.n)).toEqual([1, 3]);
    expect(run.output(0)[0]!.json).toMatchObject({ phone: blocked, mayContact: false, quietlist: { decision: 'suppress', code: 'blacklisted', matched: [{ kind: 'block' }] } });
    expect(run.output(0)[1]!.json).toMatchObject({ quietlist: { code: 'optout_number', label: 'Optout Number', explanation: expect.stringContaining('Promotions') } });
    expect(run.output(1)[0]!.json).toMatchObject({ phone: clear, mayContact: true, quietlist: { decision: 'allow', mayContact: true } });
  });

  it('pairs every item with the one it came from', async () => {
    const run = await check({}, [{ phone: clear }, { phone: blocked }, { phone: optedOut }]);
    expect(run.items('Quietlist', 0).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
    expect(run.items('Quietlist', 1).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
  });

  it('asks once for all items that share their scope, and once a scope otherwise', async () => {
    await check({}, [{ phone: clear }, { phone: blocked }, { phone: optedOut }]);
    expect(asked().map(({ recipients }) => recipients.length)).toEqual([3]);
    const run = await check({ channel: '={{ $json.channel }}' }, [{ phone: blocked, channel: 'sms' }, { phone: blocked, channel: 'WhatsApp' }, { phone: clear, channel: 'sms' }, { phone: blocked }]);
    expect(asked().map(({ channel, recipients }) => [channel, recipients.length])).toEqual([['sms', 2], ['whatsapp', 1], [undefined, 1]]);
    expect(run.output(0).map(({ json }) => json.channel)).toEqual(['WhatsApp', undefined]);
  });

  it('suppresses an item with several contacts when any of them is, and names what held it', async () => {
    const run = await check({}, [{ phone: `${clear}, ${blocked}` }, { phone: `${clear}, +14155550104` }, { phone: [clear, optedOut] }]);
    expect(run.items('Quietlist', 0).map(({ pairedItem, json }) => [pairedItem, (json.quietlist as { matched: unknown[] }).matched.length])).toEqual([
      [{ item: 0 }, 1],
      [{ item: 2 }, 1],
    ]);
    expect(run.output(1)).toHaveLength(1);
  });

  it('holds only what the chosen lists hold, and always what is blacklisted', async () => {
    const inDefault = await check({ lists: ['default'] }, [{ phone: optedOut }, { phone: blocked }]);
    expect(inDefault.output(1).map(({ json }) => json.phone)).toEqual([optedOut]);
    const inPromotions = await check({ lists: '={{ ["default", "Promotions"] }}' }, [{ phone: optedOut }]);
    expect(inPromotions.output(0)).toHaveLength(1);
    const asText = await check({ lists: '={{ "Promotions" }}' }, [{ phone: optedOut }]);
    expect(asText.output(0)).toHaveLength(1);
  });

  it('takes sender, purpose, direction and country from its options', async () => {
    const run = await check(
      { options: { sender: 'Shop', purpose: 'transactional', direction: 'outbound', digits: 'national', defaultCountry: 'us' } },
      [{ phone: '4155550102' }, { phone: '4155550101' }],
    );
    expect(asked()[0]).toMatchObject({ sender: 'Shop', purpose: 'transactional', direction: 'outbound', addressOptions: { digits: 'national', defaultCountry: 'US' } });
    expect(run.output(1).map(({ json }) => json.phone)).toEqual(['4155550102']);
    expect(run.output(0).map(({ json }) => json.phone)).toEqual(['4155550101']);
  });

  it('holds back an item without a contact, with an unreadable one, or with a number that lost digits', async () => {
    const run = await check({}, [{}, { phone: '' }, { phone: 'not a phone' }, { phone: null }, { phone: 4.15e25 }, { phone: { a: 1 } }]);
    expect(run.output(1)).toEqual([]);
    expect(run.output(0).map(({ json }) => (json.quietlist as { decision: string }).decision)).toEqual(Array(6).fill('unknown'));
    expect(run.hints('Quietlist')[0]!.message).toContain('6 of 6 items could not be checked and were held back');
  });

  it('reads a number that is still a number', async () => {
    const run = await check({}, [{ phone: 14155550101 }, { phone: 14155550103 }]);
    expect(run.output(0).map(({ json }) => json.phone)).toEqual([14155550101]);
    expect(run.output(1).map(({ json }) => json.phone)).toEqual([14155550103]);
  });

  it('has one output that tells mayContact when it only annotates', async () => {
    const run = await check({ options: { annotateOnly: true } }, [{ phone: clear }, { phone: blocked, mayContact: true }, { phone: '?', mayContact: true }]);
    expect(run.output(0).map(({ json }) => json.mayContact)).toEqual([true, false, false]);
    expect(run.output(1)).toEqual([]);
  });

  it('keeps the files of an item', async () => {
    const file = { data: 'aGk=', mimeType: 'text/plain', fileName: 'hi.txt' };
    const run = await runWorkflow(aroundNode({ parameters: { contact: clear } }), {
      ...suite.options(),
      input: [{ json: {}, binary: { data: file } }],
    });
    expect(run.items('Output 1')[0]!.binary).toMatchObject({ data: { fileName: 'hi.txt' } });
  });

  it('says what the service refuses, such as a list that does not exist', async () => {
    const run = await check({ lists: ['Nowhere'] }, [{ phone: clear }]);
    expect(run.output(1)).toEqual([]);
    expect(run.output(0)[0]!.json).toMatchObject({ quietlist: { decision: 'unknown', code: 'refused' } });
  });
});
