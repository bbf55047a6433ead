import { UniqueConflict, type InboundRecord, type MessageReader, type MessageWriter, type ReviewReader, type ReviewRecord, type ReviewWriter } from '../../server/src/app/ports.ts';

type In<Row> = Row & { workspaceId: number };

const own = <Row>(rows: ReadonlyArray<In<Row>>, workspaceId: number): Row[] =>
  rows.filter((row) => row.workspaceId === workspaceId).map(({ workspaceId: _, ...row }) => row as unknown as Row);
const newestFirst = (a: { id: number }, b: { id: number }): number => b.id - a.id;

/** Inbound messages of the model store. */
export const memoryMessageReader = (rows: () => ReadonlyArray<In<InboundRecord>>): MessageReader => ({
  findMessage: async (workspaceId, key, channel, messageId) =>
    own(rows(), workspaceId).find((row) => row.key === key && row.channel === channel && row.messageId === messageId) ?? null,
  messagesOf: async (workspaceId, key, since) => own(rows(), workspaceId).filter((row) => row.key === key && row.at >= since).sort(newestFirst),
  recent: async (workspaceId, limit) => own(rows(), workspaceId).sort(newestFirst).slice(0, limit),
});

export const memoryMessageWriter = (state: { messages: Array<In<InboundRecord>> }, reader: MessageReader): MessageWriter => ({
  ...reader,
  async insert(workspaceId, message) {
    const { key, channel, messageId } = message;
    if (messageId !== null && (await reader.findMessage(workspaceId, key, channel, messageId))) throw new UniqueConflict('taken');
    state.messages.push(structuredClone({ ...message, workspaceId }));
  },
  async deleteBefore(workspaceId, at, limit) {
    const gone = own(state.messages, workspaceId).filter((row) => row.at < at).sort((a, b) => a.id - b.id).slice(0, limit);
    state.messages = state.messages.filter((row) => row.workspaceId !== workspaceId || !gone.some(({ id }) => id === row.id));
    return gone.length;
  },
});

/** Reviews of the model store. */
export const memoryReviewReader = (rows: () => ReadonlyArray<In<ReviewRecord>>): ReviewReader => ({
  find: async (workspaceId, id) => own(rows(), workspaceId).find((review) => review.id === id) ?? null,
  page: async (workspaceId, status, limit, before) =>
    own(rows(), workspaceId).filter((review) => (status === 'any' || review.status === status) && (before === null || review.id < before)).sort(newestFirst).slice(0, limit),
  pendingOf: async (workspaceId, key) => own(rows(), workspaceId).filter((review) => review.status === 'pending' && review.key === key).sort((a, b) => a.id - b.id),
  async findDue(now, limit) {
    const due = rows().filter((review) => review.status === 'pending' && review.dueAt <= now).sort((a, b) => a.dueAt - b.dueAt || a.id - b.id);
    return due.slice(0, limit).map(({ workspaceId, ...review }) => ({ workspaceId, review }));
  },
});

export const memoryReviewWriter = (state: { reviews: Array<In<ReviewRecord>> }, reader: ReviewReader): ReviewWriter => ({
  ...reader,
  async put(workspaceId, review) {
    const others = state.reviews.filter((row) => row.workspaceId !== workspaceId || row.id !== review.id);
    state.reviews = [...others, structuredClone({ ...review, workspaceId })];
  },
});
