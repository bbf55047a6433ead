import { routes } from '@quietlist/contract/routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDueReviews } from '../../server/src/app/reviews.ts';
import { compileShape } from '../support/ajv.ts';
import { freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let now = Date.UTC(2026, 2, 3, 10);
beforeAll(async () => {
  service = await startService({ clock: () => now });
});
afterAll(() => service.stop());

const isReview = compileShape(routes.getReview.response);
const dayMs = 24 * 60 * 60_000;
const doubtful = 'Please take me off this list, I did not sign up';

const receive = async (address: string, text: string) => (await service.call('POST', '/v1/inbound', { address, channel: 'sms', text })).body;
const decision = async (address: string) => (await service.call('POST', '/v1/checks', { recipients: [address] })).body.decisions[0].decision;
const entryOf = async (address: string) => (await service.call('GET', `/v1/addresses/${encodeURIComponent(address)}`)).body.entries[0];
const policy = (uncertainMessages: string) => service.call('PATCH', '/v1/settings', { uncertainMessages });

async function doubt(text = doubtful) {
  const address = freshPhone();
  const answer = await receive(address, text);
  const { body } = await service.call('GET', `/v1/reviews/${answer.review}`);
  expect(isReview(body), JSON.stringify(body)).toBe(true);
  return { address, answer, review: body };
}

describe('a message that may be an opt-out', () => {
  it('holds its sender until somebody decides, and says what raised the doubt', async () => {
    const { address, answer, review } = await doubt();
    expect(answer).toMatchObject({ action: 'review', handled: true, matched: { by: 'phrase' } });
    expect(review).toMatchObject({ status: 'pending', text: doubtful, address, channel: 'sms', lists: ['default'], isConfirmationAsked: false, dueAt: new Date(now + 10 * dayMs).toISOString() });
    expect(await decision(address)).toBe('suppress');
    expect((await service.call('POST', '/v1/checks', { recipients: [address] })).body.decisions[0].explanation).toBe('Held since 3 Mar 2026: a message may be an opt-out of “Default”, and nobody has decided yet.');
    expect(await entryOf(address)).toMatchObject({ by: 'system', evidence: { review: review.id } });
    expect((await service.call('GET', '/v1/reviews')).body.data[0].id).toBe(review.id);
  });

  it('approved, is the recipient’s own opt-out', async () => {
    const { address, review } = await doubt();
    const { status, body } = await service.call('POST', `/v1/reviews/${review.id}/approve`, { note: 'Clear enough' }, { key: await service.createKey('agent') });
    expect([status, body]).toMatchObject([200, { status: 'approved', note: 'Clear enough', decidedBy: expect.stringMatching(/^key_/) }]);
    expect(await entryOf(address)).toMatchObject({ by: 'recipient', status: 'active' });
    expect((await service.call('POST', `/v1/reviews/${review.id}/approve`, {})).status).toBe(200);
    expectProblem(await service.call('POST', `/v1/reviews/${review.id}/dismiss`, {}), 'conflict');
  });

  it('dismissed, holds nobody; only a manager may', async () => {
    const { address, review } = await doubt();
    expectProblem(await service.call('POST', `/v1/reviews/${review.id}/dismiss`, {}, { key: await service.createKey('agent') }), 'forbidden');
    expect((await service.call('POST', `/v1/reviews/${review.id}/dismiss`, {})).body.status).toBe('dismissed');
    expect(await decision(address)).toBe('allow');
  });

  it('dismissed, leaves what the recipient has said since', async () => {
    const { address, review } = await doubt();
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address, purpose: 'all' }] });
    await service.call('POST', `/v1/reviews/${review.id}/dismiss`, {});
    expect(await decision(address)).toBe('suppress');
  });

  it('becomes an opt-out when nobody decides in time', async () => {
    const { address, review } = await doubt();
    now += 10 * dayMs - 1;
    await closeDueReviews(service.services.store, service.services.platform);
    expect((await service.call('GET', `/v1/reviews/${review.id}`)).body.status).toBe('pending');
    now += 1;
    while (await closeDueReviews(service.services.store, service.services.platform));
    expect((await service.call('GET', `/v1/reviews/${review.id}`)).body).toMatchObject({ status: 'approved', decidedBy: 'job:reviews' });
    expect(await entryOf(address)).toMatchObject({ by: 'recipient', status: 'active' });
  });

  it('is put before people once, and decided by a clear word of its sender', async () => {
    const { address, answer, review } = await doubt();
    now += dayMs;
    expect(await receive(address, 'stop sending me these messages')).toMatchObject({ action: 'review', review: answer.review });
    // Neither its words nor its deadline become others.
    expect((await service.call('GET', `/v1/reviews/${answer.review}`)).body).toEqual(review);
    expect((await receive(address, 'STOP')).action).toBe('opted_out');
    expect((await service.call('GET', `/v1/reviews/${answer.review}`)).body).toMatchObject({ status: 'approved', decidedBy: 'recipient' });
    expect(await receive(address, doubtful)).toMatchObject({ action: 'opted_out', review: null });
    const { address: other, answer: second } = await doubt();
    await receive(other, 'START');
    expect((await service.call('GET', `/v1/reviews/${second.review}`)).body).toMatchObject({ status: 'dismissed', decidedBy: 'recipient' });
    expect(await decision(other)).toBe('allow');
  });
});

describe('the policy of the workspace', () => {
  it('may ask the sender: YES opts out, NO does not, and neither means anything unasked', async () => {
    await policy('confirm');
    const { address, answer, review } = await doubt();
    expect(answer).toMatchObject({ action: 'confirm', reply: { text: expect.stringContaining('YES'), list: 'default' } });
    expect([review.isConfirmationAsked, await decision(address)]).toEqual([true, 'suppress']);
    expect(await receive(address, 'Yes')).toMatchObject({ action: 'opted_out', matched: { by: 'answer' } });
    expect(await entryOf(address)).toMatchObject({ by: 'recipient' });
    expect((await receive(address, 'yes')).action).toBe('none');
    const refusing = await doubt();
    expect((await receive(refusing.address, 'no')).action).toBe('opted_in');
    expect(await decision(refusing.address)).toBe('allow');
    const late = await doubt();
    now += dayMs + 1;
    expect((await receive(late.address, 'no')).action).toBe('none');
    expect(await decision(late.address)).toBe('suppress');
    await policy('review');
  });

  it('may take it for an opt-out, or for nothing', async () => {
    await policy('opt_out');
    const [first, second] = [freshPhone(), freshPhone()];
    expect(await receive(first, doubtful)).toMatchObject({ action: 'opted_out', review: null });
    expect(await entryOf(first)).toMatchObject({ by: 'recipient' });
    await policy('ignore');
    expect(await receive(second, doubtful)).toMatchObject({ action: 'none', handled: false });
    expect(await decision(second)).toBe('allow');
    await policy('review');
  });
});

it('reviews are listed newest first, by status, page by page', async () => {
  for (let count = 0; count < 3; count += 1) await doubt();
  const { body: first } = await service.call('GET', '/v1/reviews?status=any&limit=2');
  const { body: second } = await service.call('GET', `/v1/reviews?status=any&limit=2&cursor=${first.nextCursor}`);
  const ids = [...first.data, ...second.data].map(({ id }: { id: string }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  expect((await service.call('GET', '/v1/reviews?status=dismissed')).body.data.every(({ status }: { status: string }) => status === 'dismissed')).toBe(true);
  expectProblem(await service.call('GET', '/v1/reviews/rev_1'), 'not-found');
});
