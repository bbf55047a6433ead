import { describe, expect, it } from 'vitest';
import { freshPhone } from '../support/numbers.ts';
import { n8nSuite } from '../support/n8n-suite.ts';

describe('opt-out lists in n8n', () => {
  const suite = n8nSuite();
  const run = (operation: string, parameters: Record<string, unknown>, input: Array<Record<string, unknown>> = [{}], node = {}) => suite.run('list', operation, parameters, input, node);
  const create = async (name: string, options: Record<string, unknown> = {}) => (await run('create', { name, options })).output(0)[0]!.json as { id: string; name: string };
  const listOf = async (id: string) => (await suite.service.call('GET', `/v1/lists/${id}`)).body;
  const optOut = (phone: string, list: string) => suite.service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: phone, list }] });
  const decision = async (phone: string, list: string) => (await suite.service.call('POST', '/v1/checks', { recipients: [phone], lists: [list] })).body.decisions[0].decision;

  it('are created with everything that a list has, one an item', async () => {
    const created = await run('create', {
      name: '={{ $json.name }}',
      options: { description: 'Offers', keyword: 'NO OFFERS', confirmationMessage: 'No more offers.', webhookUrl: 'https://crm.example.com/opt-outs', languages: ['en', 'pt'] },
    }, [{ name: 'Offers A' }]);
    expect(created.error).toBeUndefined();
    const { id, ...list } = created.output(0)[0]!.json as Record<string, unknown>;
    expect(list).toMatchObject({
      name: 'Offers A', description: 'Offers', keyword: 'NO OFFERS', confirmationMessage: 'No more offers.', webhookUrl: 'https://crm.example.com/opt-outs', languages: ['en', 'pt'], members: 0,
    });
    expect(await listOf(String(id))).toMatchObject({ name: 'Offers A', keyword: 'NO OFFERS' });
    const many = await run('create', { name: '={{ $json.name }}' }, [{ name: 'Offers B' }, { name: 'Offers C' }]);
    expect(many.output(0).map(({ json, pairedItem }) => [json.name, (pairedItem as { item: number }).item])).toEqual([['Offers B', 0], ['Offers C', 1]]);
  });

  it('change in what was added to the node and in nothing else; what is added and left empty is cleared', async () => {
    const { id } = await create('News A', { keyword: 'NO NEWS', description: 'All news', languages: ['en'] });
    const renamed = await run('update', { list: id, updateFields: { name: 'News B' } });
    expect(renamed.output(0)[0]!.json).toMatchObject({ id, name: 'News B', keyword: 'NO NEWS', description: 'All news' });
    const cleared = await run('update', { list: id, updateFields: { keyword: '', description: '', languages: [] } });
    expect(cleared.output(0)[0]!.json).toMatchObject({ name: 'News B', keyword: null, description: '', languages: [] });
  });

  it('are not changed by a node that says nothing', async () => {
    const { id } = await create('Quiet');
    expect((await run('update', { list: id, updateFields: {} })).error?.message).toContain('“Update Fields” says nothing');
    expect((await run('update', { list: '={{ $json.gone }}', updateFields: { name: 'x' } })).error?.message).toContain('“List Name or ID” says nothing');
    expect(suite.proxy.requests).toEqual([]);
  });

  it('are deleted when they are empty, and kept with their members otherwise', async () => {
    const { id } = await create('Short-lived');
    expect((await run('delete', { list: id })).output(0).map(({ json }) => json)).toEqual([expect.objectContaining({ deleted: true, id, name: 'Short-lived' })]);
    const full = await create('Full');
    const phone = freshPhone();
    await optOut(phone, full.id);
    expect((await run('delete', { list: full.id })).error).toMatchObject({ message: expect.any(String), description: expect.any(String), httpCode: '409' });
    expect(await decision(phone, full.id)).toBe('suppress');
    expect((await run('delete', { list: 'default' })).error).toMatchObject({ httpCode: '409' });
  });

  it('are deleted with their members moved: everybody stays opted out', async () => {
    const [from, to] = [await create('From'), await create('To')];
    const phone = freshPhone();
    await optOut(phone, from.id);
    const run1 = await run('delete', { list: from.id, members: 'move', moveTo: to.id });
    expect(run1.error).toBeUndefined();
    expect(run1.output(0)[0]!.json).toMatchObject({ deleted: true, id: from.id });
    expect(await decision(phone, to.id)).toBe('suppress');
  });

  it('are deleted with their members released only with their consent', async () => {
    const { id } = await create('Old service');
    await optOut(freshPhone(), id);
    expect((await run('delete', { list: id, members: 'release', consentMethod: 'written', consentStatement: '={{ $json.gone }}', consentGivenAt: '={{ $json.gone }}', consentRecordedBy: '={{ $json.gone }}' })).error?.message).toContain('“Consent Statement” says nothing');
    expect(suite.proxy.requests).toEqual([]);
    const released = await run('delete', { list: id, members: 'release', consentMethod: 'contract', consentStatement: 'New terms signed', consentGivenAt: '2026-03-01T10:00:00Z', consentRecordedBy: 'Maria' });
    expect(released.error).toBeUndefined();
    expect(released.output(0)[0]!.json).toMatchObject({ deleted: true, id });
  });

  it('are created once when n8n runs the node again', async () => {
    const options = { ...suite.options(), executionId: 'exec-lists' };
    const first = await suite.run('list', 'create', { name: 'Once' }, [{}], {}, options);
    const second = await suite.run('list', 'create', { name: 'Once' }, [{}], {}, options);
    expect(second.output(0)[0]!.json).toEqual(first.output(0)[0]!.json);
  });

  it('say what is wrong for one item and do the others, when errors do not stop', async () => {
    const result = await run('create', { name: '={{ $json.name }}' }, [{ name: 'Twice' }, { name: 'Twice' }, { name: 'Thrice' }], { onError: 'continueRegularOutput' });
    expect(result.output(0).map(({ json }) => json.name ?? 'error')).toEqual(['Twice', 'error', 'Thrice']);
  });

  it('need an admin, and the node says so', async () => {
    const agent = await suite.service.createKey('agent');
    const refused = await suite.run('list', 'create', { name: 'No' }, [{}], {}, suite.options(agent));
    expect(refused.error).toMatchObject({ httpCode: '403', message: expect.stringMatching(/admin/) });
  });
});
