import { describe, expect, it } from 'vitest';
import { runWorkflow, quietlistType, type WorkflowJson } from '../support/n8n-engine.ts';
import { n8nSuite } from '../support/n8n-suite.ts';

/** A workflow as a person builds it: people → check → what is sent to whom. */
const campaign = (start: string): WorkflowJson => ({
  name: 'Campaign',
  nodes: [
    { name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
    { name: 'People', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: start } },
    { name: 'Check', type: quietlistType, parameters: { contact: '={{ $json.phone }}, {{ $json.email }}', channel: '={{ $json.channel }}' } },
    {
      name: 'Held', type: 'n8n-nodes-base.set', typeVersion: 3.4,
      parameters: { assignments: { assignments: [{ id: '1', name: 'report', type: 'string', value: '={{ $("People").item.json.name }}: {{ $json.quietlist.label }}' }] } },
    },
    {
      name: 'Sent', type: 'n8n-nodes-base.set', typeVersion: 3.4,
      parameters: { assignments: { assignments: [{ id: '1', name: 'to', type: 'string', value: '={{ $("People").item.json.name }}' }] }, includeOtherFields: true },
    },
  ],
  connections: {
    Start: { main: [[{ node: 'People', type: 'main', index: 0 }]] },
    People: { main: [[{ node: 'Check', type: 'main', index: 0 }]] },
    Check: { main: [[{ node: 'Held', type: 'main', index: 0 }], [{ node: 'Sent', type: 'main', index: 0 }]] },
  },
});

describe('a parameter that names a field of the item', () => {
  const suite = n8nSuite();

  it('says what n8n’s own evaluation of it says, whatever the field holds', async () => {
    const values = ['+14155550911', ' +14155550911 ', 14155550911, 0, '', null, undefined, true, ['+14155550911', 'a@example.com'], { a: 1 }, '={{ 1 }}', '{{ $json.x }}', 'x'.repeat(600), '+14155550911,b@example.com'];
    const input = values.map((value) => ({ 'Phone number': value, phone: value }));
    const sent = async (contact: string): Promise<unknown> => {
      await suite.run('contact', 'check', { contact }, input);
      return suite.proxy.requests.map(({ body }) => body.recipients);
    };
    const evaluated = await sent('={{ (() => $json.phone)() }}');
    expect(await sent('={{ $json.phone }}')).toEqual(evaluated);
    expect(await sent('={{$json["Phone number"]}}')).toEqual(evaluated);
    expect(await sent("={{ $json['Phone number'] }}")).toEqual(evaluated);
    expect(await sent('={{ $json.toString }}')).toEqual([]);
  });
});

describe('a whole workflow', () => {
  const suite = n8nSuite();

  it('finds the person of every item again behind the check', async () => {
    await suite.service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: 'ada@example.com', channel: 'email', by: 'recipient' }, { kind: 'block', address: '+14155550902' }] });
    const people = [
      { name: 'Ada', phone: '+14155550901', email: 'Ada@Example.com', channel: 'email' },
      { name: 'Bea', phone: '+14155550902', email: '', channel: 'sms' },
      { name: 'Cleo', phone: '+14155550903', email: 'cleo@example.com', channel: 'sms' },
      { name: 'Ada on SMS', phone: '+14155550901', email: 'ada@example.com', channel: 'sms' },
    ];
    const run = await runWorkflow(campaign(`return ${JSON.stringify(people)}.map((json, item) => ({ json, pairedItem: { item: 0 } }));`), suite.options());
    expect(run.error).toBeUndefined();
    expect(run.items('Held').map(({ json }) => json)).toEqual([{ report: 'Ada: Optout Number' }, { report: 'Bea: Blacklisted' }]);
    expect(run.items('Sent').map(({ json }) => [json.to, json.mayContact])).toEqual([['Cleo', true], ['Ada on SMS', true]]);
  });
});
