import { describe, expect, it } from 'vitest';
import { freshPhone } from '../support/numbers.ts';
import { n8nSuite } from '../support/n8n-suite.ts';

describe('reviews in n8n', () => {
  const suite = n8nSuite();
  const run = (operation: string, parameters: Record<string, unknown> = {}, input: Array<Record<string, unknown>> = [{}], node = {}) => suite.run('review', operation, parameters, input, node);
  const decision = async (phone: string) => (await suite.service.call('POST', '/v1/checks', { recipients: [phone] })).body.decisions[0].decision;
  const uncertain = async (phone = freshPhone()) => {
    const { body } = await suite.service.call('POST', '/v1/inbound', { address: phone, channel: 'sms', text: 'Please take me off this list, I did not sign up' });
    expect(body.action, JSON.stringify(body)).toBe('review');
    return { phone, review: body.review as string };
  };

  it('are listed, pending ones first of all', async () => {
    const [one, other] = [await uncertain(), await uncertain()];
    const pending = await run('getAll');
    expect(pending.output(0).map(({ json }) => json.id)).toEqual(expect.arrayContaining([one.review, other.review]));
    expect(pending.output(0)[0]!.json).toMatchObject({ status: 'pending', text: expect.any(String), phrase: expect.any(String), dueAt: expect.any(String) });
    expect((await run('getAll', { limit: 1 })).output(0)).toHaveLength(1);
    expect((await run('getAll', { status: 'approved' })).output(0)).toEqual([]);
  });

  it('are approved: the hold becomes an opt-out', async () => {
    const { phone, review } = await uncertain();
    const approved = await run('approve', { options: { note: 'Clear enough' } }, [{ id: review }]);
    expect(approved.error).toBeUndefined();
    expect(approved.output(0)[0]!.json).toMatchObject({ id: review, status: 'approved', note: 'Clear enough' });
    expect(await decision(phone)).toBe('suppress');
  });

  it('are dismissed: the hold is lifted', async () => {
    const { phone, review } = await uncertain();
    expect(await decision(phone)).toBe('suppress');
    const dismissed = await run('dismiss', { review: '={{ $json.quietlist.review }}' }, [{ quietlist: { review } }]);
    expect(dismissed.error).toBeUndefined();
    expect(dismissed.output(0)[0]!.json).toMatchObject({ id: review, status: 'dismissed' });
    expect(await decision(phone)).toBe('allow');
    expect((await run('getAll', { status: 'dismissed', returnAll: true })).output(0).map(({ json }) => json.id)).toContain(review);
  });

  it('are decided by nobody when the node says nothing, or something that is no id', async () => {
    expect((await run('approve')).error?.message).toContain('“Review ID” says nothing');
    for (const review of ['..', 'a/../../lists', 'rev_?x=1']) {
      expect((await run('approve', { review })).error?.message).toContain('is not an id');
      expect(suite.proxy.requests).toEqual([]);
    }
  });

  it('are dismissed only by a manager', async () => {
    const { phone, review } = await uncertain();
    const refused = await suite.run('review', 'dismiss', { review }, [{}], {}, suite.options(await suite.service.createKey('agent')));
    expect(refused.error).toMatchObject({ httpCode: '403' });
    expect(await decision(phone)).toBe('suppress');
  });
});
