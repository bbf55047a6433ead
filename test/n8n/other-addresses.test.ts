import { describe, expect, it } from 'vitest';
import { n8nSuite } from '../support/n8n-suite.ts';

describe('Other Addresses of one person in n8n', () => {
  const suite = n8nSuite();
  const contact = '={{ $json.phone }}';
  const options = { otherAddresses: '={{ $json.others }}' };
  const check = (input: Array<Record<string, unknown>>, parameters = {}) => suite.run('contact', 'check', { contact, ...parameters }, input);

  it('writes them all, linked, and a hit on any of them holds the person', async () => {
    await suite.run('optOut', 'optOut', { contact, options }, [{ phone: '+14155550901', others: 'Ada901@Example.com, US.901901901' }]);
    for (const address of ['+14155550901', 'ada901@example.com', 'US.901901901']) expect(await suite.entriesOf(address)).toHaveLength(1);
    // Blocked on one address alone afterwards, the person is held by each of them.
    const run = await check([{ phone: 'ada901@example.com' }, { phone: 'US.901901901' }]);
    expect(run.output(0)).toHaveLength(2);
  });

  it('holds an item when only another address of the person is listed', async () => {
    await suite.service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: 'bea902@example.com' }] });
    const run = await check([{ phone: '+14155550902', others: 'bea902@example.com' }, { phone: '+14155550903', others: '' }], { options });
    expect(run.output(0).map(({ json }) => json.phone)).toEqual(['+14155550902']);
    expect(run.output(1).map(({ json }) => json.phone)).toEqual(['+14155550903']);
  });

  it('lifts them all together', async () => {
    await suite.run('blacklist', 'add', { contact, options }, [{ phone: '+14155550904', others: 'cy904@example.com' }]);
    await suite.run('blacklist', 'remove', { contact, options }, [{ phone: '+14155550904', others: 'cy904@example.com' }]);
    expect((await check([{ phone: '+14155550904' }, { phone: 'cy904@example.com' }])).output(1)).toHaveLength(2);
  });

  it('refuses them beside several contacts, before anything is written', async () => {
    const run = await suite.run('blacklist', 'add', { contact, options }, [{ phone: '+14155550905, +14155550906', others: 'di905@example.com' }]);
    expect(run.error?.message).toContain('belong to one person');
    expect(await suite.entriesOf('+14155550905')).toEqual([]);
  });
});
