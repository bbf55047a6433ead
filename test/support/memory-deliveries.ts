import { UniqueConflict, type DeliveryReader, type DeliveryRecord, type DeliveryWriter, type Follower } from '../../server/src/app/ports.ts';

type Row = DeliveryRecord & { workspaceId: number };

interface DeliveryState {
  deliveries: Row[];
  followers: Follower[];
  heads: Array<{ workspaceId: number; position: number }>;
}

const without = ({ workspaceId: _, ...row }: Row): DeliveryRecord => row;
const byTarget = (a: Follower, b: Follower): number => a.workspaceId - b.workspaceId || Buffer.compare(Buffer.from(a.target), Buffer.from(b.target));

/** Webhook deliveries of the model store, in plain arrays. */
export function memoryDeliveryReader(state: () => DeliveryState): DeliveryReader {
  const of = (workspaceId: number, target: string): Row[] => state().deliveries.filter((row) => row.workspaceId === workspaceId && row.target === target);
  return {
    async find(workspaceId, id) {
      const row = state().deliveries.find((one) => one.workspaceId === workspaceId && one.id === id);
      return row ? without(row) : null;
    },
    page: async (workspaceId, target, status, limit, before) =>
      of(workspaceId, target).filter((row) => (status === 'any' || row.status === status) && (before === null || row.id < before)).sort((a, b) => b.id - a.id).slice(0, limit).map(without),
    dueTargets: async () =>
      state().followers.flatMap(({ workspaceId, target }) => {
        const due = of(workspaceId, target).flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt]));
        return due.length === 0 ? [] : [{ workspaceId, target, dueAt: Math.min(...due) }];
      }).sort((a, b) => a.dueAt - b.dueAt),
    followers: async () => state().followers.toSorted(byTarget),
    followersBehind: async (limit) =>
      state().followers.filter((one) => state().heads.some((head) => head.workspaceId === one.workspaceId && one.position < head.position)).sort(byTarget).slice(0, limit),
    async scan(after, limit) {
      const rows = state().deliveries.toSorted((a, b) => a.workspaceId - b.workspaceId || a.id - b.id);
      const isAfter = (row: Row): boolean => after === null || row.workspaceId > after.workspaceId || (row.workspaceId === after.workspaceId && row.id > after.id);
      return rows.filter(isAfter).slice(0, limit).map((row) => ({ workspaceId: row.workspaceId, delivery: without(row) }));
    },
    hasBefore: async (createdAt) => state().deliveries.some((row) => row.createdAt < createdAt),
  };
}

export const memoryDeliveryWriter = (state: DeliveryState, reader: DeliveryReader): DeliveryWriter => ({
  ...reader,
  async follow(follower) {
    await this.unfollow(follower.workspaceId, follower.target);
    state.followers.push({ ...follower });
  },
  async unfollow(workspaceId, target) {
    state.followers = state.followers.filter((one) => one.workspaceId !== workspaceId || one.target !== target);
  },
  async insert(workspaceId, deliveries) {
    for (const one of deliveries) {
      if (state.deliveries.some((row) => row.workspaceId === workspaceId && row.target === one.target && row.event === one.event)) throw new UniqueConflict('taken');
      state.deliveries.push({ ...one, workspaceId });
    }
  },
  async claim(workspaceId, target, now, until, limit) {
    const isDue = (row: Row): boolean => row.workspaceId === workspaceId && row.target === target && row.dueAt !== null && row.dueAt <= now;
    const due = state.deliveries.filter(isDue).sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)).slice(0, limit);
    return due.map((row) => without(Object.assign(row, { dueAt: until, attempts: row.attempts + 1 }))).map((row) => ({ ...row }));
  },
  async settle(workspaceId, settlement) {
    Object.assign(state.deliveries.find((row) => row.workspaceId === workspaceId && row.id === settlement.id) ?? {}, settlement);
  },
  async replay(workspaceId, target, { since, until, onlyFailed }, dueAt) {
    const isMeant = (row: Row): boolean =>
      row.workspaceId === workspaceId && row.target === target && row.dueAt === null && row.createdAt >= since && row.createdAt <= until && (!onlyFailed || row.status === 'failed');
    const rows = state.deliveries.filter(isMeant);
    for (const row of rows) Object.assign(row, { status: 'pending', attempts: 0, dueAt, deliveredAt: null });
    return rows.length;
  },
  async deleteBefore(createdAt, limit) {
    const gone = new Set(state.deliveries.filter((row) => row.createdAt < createdAt).sort((a, b) => a.createdAt - b.createdAt).slice(0, limit));
    state.deliveries = state.deliveries.filter((row) => !gone.has(row));
    return gone.size;
  },
});
