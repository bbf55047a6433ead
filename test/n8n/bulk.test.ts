import { describe, expect, it } from 'vitest';
import { n8nSuite } from '../support/n8n-suite.ts';

describe('10,000 items in n8n', () => {
  const suite = n8nSuite();
  const people = Array.from({ length: 10_000 }, (_, index) => ({ n: index, phone: `+1415${String(5_560_000 + index)}` }));

  it('are one request to add and two to check, and come out in their order', async () => {
    const held = people.filter(({ n }) => n % 10 === 3);
    const added = await suite.run('blacklist', 'add', { contact: '={{ $json.phone }}' }, held);
    expect(suite.proxy.requests).toHaveLength(1);
    expect(added.output(0)).toHaveLength(1_000);

    const checked = await suite.run('contact', 'check', { contact: '={{ $json.phone }}' }, people);
    expect(suite.proxy.requests.map(({ body }) => body.recipients.length)).toEqual([5_000, 5_000]);
    expect(checked.output(0).map(({ json }) => json.n)).toEqual(held.map(({ n }) => n));
    expect(checked.output(1).map(({ json }) => json.n)).toEqual(people.filter(({ n }) => n % 10 !== 3).map(({ n }) => n));
    expect(checked.items('Quietlist', 1).every(({ pairedItem, json }) => (pairedItem as { item: number }).item === json.n)).toBe(true);
  });

  it('travel with one request more when they are 10,001', async () => {
    const run = await suite.run('contact', 'check', { contact: '={{ $json.phone }}' }, [...people, { n: 10_000, phone: '+14155580000' }]);
    expect(suite.proxy.requests.map(({ body }) => body.recipients.length)).toEqual([5_000, 5_000, 1]);
    expect(run.output(0).length + run.output(1).length).toBe(10_001);
  });

  it('each have data of their own: what a flow does to one changes no other', async () => {
    const run = await suite.run('contact', 'check', { contact: '={{ $json.phone }}' }, people.slice(0, 3));
    const [first, second] = run.output(1).map(({ json }) => json.quietlist as { matched: unknown[]; label: string });
    first?.matched.push('mine');
    if (first) first.label = 'mine';
    expect(second).toMatchObject({ matched: [], label: 'Clear to send' });
  });

  it('go by the scope of each, also where an expression makes some of them alike', async () => {
    await suite.run('blacklist', 'add', { contact: '+14155570001', channels: ['sms'] }, [{}]);
    const channels = ['sms', 'sms', 'whatsapp', 'sms', 'whatsapp'];
    const run = await suite.run('contact', 'check', { contact: '+14155570001', channel: '={{ $json.channel }}' }, channels.map((channel, n) => ({ channel, n })));
    expect(run.output(0).map(({ json }) => json.n)).toEqual([0, 1, 3]);
    expect(run.output(1).map(({ json }) => json.n)).toEqual([2, 4]);
    expect(suite.proxy.requests).toHaveLength(2);
  });
});
