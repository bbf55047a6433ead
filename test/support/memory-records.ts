import { UniqueConflict, type RecordKind, type RecordReader, type RecordWriter, type WorkspaceRecord } from '../../server/src/app/ports.ts';

type Row = WorkspaceRecord & { workspaceId: number; kind: RecordKind };

const recordOf = ({ id, name, body, createdAt }: Row): WorkspaceRecord => ({ id, name, body, createdAt });
const byCreation = (a: Row, b: Row): number => a.workspaceId - b.workspaceId || a.createdAt - b.createdAt || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));

/** Records of the model store, in plain arrays. */
export const memoryRecordReader = (rows: () => readonly Row[]): RecordReader =>
  ({
    all: async (workspaceId, kind) => rows().filter((row) => row.workspaceId === workspaceId && row.kind === kind).sort(byCreation).map(recordOf),
    async find(workspaceId, kind, id) {
      const row = rows().find((one) => one.workspaceId === workspaceId && one.kind === kind && one.id === id);
      return row ? recordOf(row) : null;
    },
    async whose(kind, id) {
      const row = rows().find((one) => one.kind === kind && one.id === id);
      return row ? { workspaceId: row.workspaceId, record: recordOf(row) } : null;
    },
    everywhere: async (kind) => rows().filter((row) => row.kind === kind).sort(byCreation).map((row) => ({ workspaceId: row.workspaceId, record: recordOf(row) })),
  }) as RecordReader;

export const memoryRecordWriter = (state: { records: Row[] }, reader: RecordReader): RecordWriter => ({
  ...reader,
  async put(workspaceId, kind, record) {
    const isSame = (row: Row): boolean => row.workspaceId === workspaceId && row.kind === kind && row.id === record.id;
    if (state.records.some((row) => row.workspaceId === workspaceId && row.kind === kind && row.name === record.name && !isSame(row))) throw new UniqueConflict('taken');
    state.records = [...state.records.filter((row) => !isSame(row)), structuredClone({ ...record, workspaceId, kind })];
  },
  async remove(workspaceId, kind, id) {
    state.records = state.records.filter((row) => row.workspaceId !== workspaceId || row.kind !== kind || row.id !== id);
  },
});
