import type { OutboxReader, OutboxWriter, PlacedRow } from '../../server/src/app/ports.ts';

type Row = PlacedRow & { workspaceId: number };

interface OutboxState {
  outbox: Row[];
  heads: Array<{ workspaceId: number; position: number }>;
}

const byPosition = (a: Row, b: Row): number => a.position - b.position;

/** What others are told, in the model store: in plain arrays. */
export function memoryOutboxReader(state: () => OutboxState): OutboxReader {
  const own = (workspaceId: number): Row[] => state().outbox.filter((row) => row.workspaceId === workspaceId).sort(byPosition);
  const head = async (workspaceId: number) => state().heads.find((one) => one.workspaceId === workspaceId)?.position ?? 0;
  return {
    after: async (workspaceId, position, limit) => own(workspaceId).filter((row) => row.position > position).slice(0, limit).map(({ workspaceId: _, ...row }) => row),
    head,
    async start(workspaceId) {
      const [first] = own(workspaceId);
      return first ? first.position - first.items.length : head(workspaceId);
    },
    async scan(after, limit) {
      const rows = state().outbox.toSorted((a, b) => a.workspaceId - b.workspaceId || byPosition(a, b));
      const isAfter = (row: Row): boolean => after === null || row.workspaceId > after.workspaceId || (row.workspaceId === after.workspaceId && row.position > after.id);
      return rows.filter(isAfter).slice(0, limit).map(({ workspaceId, ...row }) => ({ workspaceId, row }));
    },
    hasUnplaced: async () => false,
    hasBefore: async (at) => state().heads.some(({ workspaceId }) => (own(workspaceId)[0]?.at ?? at) < at),
  };
}

export const memoryOutboxWriter = (state: OutboxState, reader: OutboxReader): OutboxWriter => ({
  ...reader,
  async append(workspaceId, row) {
    const position = (await reader.head(workspaceId)) + row.items.length;
    state.heads = [...state.heads.filter((one) => one.workspaceId !== workspaceId), { workspaceId, position }];
    state.outbox.push(structuredClone({ ...row, workspaceId, position }));
  },
  place: async () => 0,
  async keep(workspaceId, rows) {
    state.outbox.push(...structuredClone(rows).map((row) => ({ ...row, workspaceId })));
  },
  async setHead(workspaceId, position) {
    state.heads = [...state.heads.filter((one) => one.workspaceId !== workspaceId), { workspaceId, position }];
  },
  async deleteBefore(at, limit) {
    const gone = state.heads.flatMap(({ workspaceId }) => {
      const rows = state.outbox.filter((row) => row.workspaceId === workspaceId).sort(byPosition);
      const firstKept = rows.findIndex((row) => row.at >= at);
      return firstKept === -1 ? rows : rows.slice(0, firstKept);
    });
    const now = new Set(gone.slice(0, limit));
    state.outbox = state.outbox.filter((row) => !now.has(row));
    return now.size;
  },
});
