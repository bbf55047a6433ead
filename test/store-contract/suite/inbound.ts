import { expect, it } from 'vitest';
import { UniqueConflict, type InboundRecord, type ReviewRecord, type Store } from '../../../server/src/app/ports.ts';
import { nextId, otherWorkspaceId, workspaceId } from '../../support/store-rows.ts';

const aMessage = (fields: Partial<InboundRecord> = {}): InboundRecord => ({
  id: nextId(), key: 'p+5511987654321', channel: 'whatsapp', messageId: 'wamid.1', at: 1_000,
  request: { address: '+5511987654321', channel: 'whatsapp', text: 'PARAR 🛑\n"já"' },
  answer: { action: 'none', handled: false, entries: [], reply: null, review: null, matched: null, explanation: 'x', unverified: false, wasSeen: false, dryRun: false },
  ...fields,
});

const aReview = (fields: Partial<ReviewRecord> = {}): ReviewRecord => ({
  id: nextId(), status: 'pending', key: 'p+5511987654321', address: '+5511987654321', channel: 'sms', sender: 'snd_1', text: 'please go 👋', phrase: 'go',
  lists: ['default', 'lst_1'], entries: [1, 2], isConfirmationAsked: false, createdAt: 1_000, dueAt: 5_000, decidedAt: null, decidedBy: null, note: null, ...fields,
});

export function inboundPromises(opened: () => Store): void {
  const insert = (message: InboundRecord, workspace = workspaceId) => opened().write(({ messages }) => messages.insert(workspace, message));
  const put = (review: ReviewRecord, workspace = workspaceId) => opened().write(({ reviews }) => reviews.put(workspace, review));

  it('keeps a message as it came, and finds it by its id and its person', async () => {
    const message = aMessage();
    await insert(message);
    const { messages } = opened();
    expect(await messages.findMessage(workspaceId, message.key, 'whatsapp', 'wamid.1')).toEqual(message);
    for (const [workspace, key, channel, id] of [[otherWorkspaceId, message.key, 'whatsapp', 'wamid.1'], [workspaceId, 'p+1', 'whatsapp', 'wamid.1'], [workspaceId, message.key, 'sms', 'wamid.1'], [workspaceId, message.key, 'whatsapp', 'wamid.2']] as const) {
      expect(await messages.findMessage(workspace, key, channel, id)).toBeNull();
    }
  });

  it('takes a message of a person once, and those without an id as often as they come', async () => {
    await insert(aMessage());
    await expect(insert(aMessage())).rejects.toBeInstanceOf(UniqueConflict);
    for (const message of [aMessage({ channel: 'sms' }), aMessage({ key: 'p+1' }), aMessage({ messageId: null }), aMessage({ messageId: null, request: null })]) await insert(message);
    await insert(aMessage(), otherWorkspaceId);
    expect((await opened().messages.recent(workspaceId, 10)).length).toBe(5);
  });

  it('gives the newest messages first, and those of one person since an instant', async () => {
    const [first, second, third] = [aMessage({ messageId: null, at: 5 }), aMessage({ messageId: null, at: 6, key: 'p+1' }), aMessage({ messageId: null, at: 7 })];
    for (const message of [first, second, third]) await insert(message);
    const { messages } = opened();
    expect(await messages.recent(workspaceId, 2)).toEqual([third, second]);
    expect(await messages.messagesOf(workspaceId, first.key, 5)).toEqual([third, first]);
    expect(await messages.messagesOf(workspaceId, first.key, 6)).toEqual([third]);
  });

  it('deletes old messages in portions, the oldest first', async () => {
    const kept = [aMessage({ messageId: null, at: 1 }), aMessage({ messageId: null, at: 2 }), aMessage({ messageId: null, at: 9 })];
    for (const message of kept) await insert(message);
    await insert(aMessage({ at: 1 }), otherWorkspaceId);
    const forget = (limit: number) => opened().write(({ messages }) => messages.deleteBefore(workspaceId, 9, limit));
    expect([await forget(1), (await opened().messages.recent(workspaceId, 9)).length]).toEqual([1, 2]);
    expect([await forget(5), await forget(5)]).toEqual([1, 0]);
    expect([await opened().messages.recent(workspaceId, 9), (await opened().messages.recent(otherWorkspaceId, 9)).length]).toEqual([[kept[2]], 1]);
  });

  it('keeps a review, and replaces one that is put again', async () => {
    const review = aReview();
    await put(review);
    expect(await opened().reviews.find(workspaceId, review.id)).toEqual(review);
    expect(await opened().reviews.find(otherWorkspaceId, review.id)).toBeNull();
    const decided = { ...review, status: 'approved' as const, decidedAt: 7, decidedBy: 'key_1', note: 'é', isConfirmationAsked: true, entries: [] };
    await put(decided);
    expect(await opened().reviews.find(workspaceId, review.id)).toEqual(decided);
  });

  it('gives reviews newest first, by status, page by page', async () => {
    const [one, two, three] = [aReview(), aReview({ status: 'dismissed' }), aReview({ sender: null })];
    for (const review of [one, two, three]) await put(review);
    await put(aReview(), otherWorkspaceId);
    const page = async (status: ReviewRecord['status'] | 'any', limit: number, before: number | null) => (await opened().reviews.page(workspaceId, status, limit, before)).map(({ id }) => id);
    expect([await page('any', 2, null), await page('any', 2, two.id), await page('pending', 9, null), await page('approved', 9, null)]).toEqual([[three.id, two.id], [one.id], [three.id, one.id], []]);
  });

  it('finds what is pending of a person, and what nobody decided in time', async () => {
    const [late, early, decided] = [aReview({ dueAt: 20 }), aReview({ dueAt: 10, key: 'p+1' }), aReview({ dueAt: 1, status: 'approved' })];
    for (const review of [late, early, decided]) await put(review);
    const { reviews } = opened();
    expect(await reviews.pendingOf(workspaceId, late.key)).toEqual([late]);
    expect(await reviews.findDue(20, 9)).toEqual([{ workspaceId, review: early }, { workspaceId, review: late }]);
    expect(await reviews.findDue(19, 9)).toEqual([{ workspaceId, review: early }]);
  });
}
