import type { RecordKind, ReviewRecord, StoreReader, WorkspaceRecord } from './ports.ts';

/** Every kind of record there is; the type makes a forgotten one an error. */
const kinds: Record<RecordKind, true> = { rule: true, template: true, formerList: true, connection: true, webhook: true };

/** All records of a workspace, kind by kind: for copies and comparisons. */
export async function recordsOf(reader: StoreReader, workspaceId: number): Promise<Array<{ kind: RecordKind; record: WorkspaceRecord }>> {
  const found: Array<{ kind: RecordKind; record: WorkspaceRecord }> = [];
  for (const kind of Object.keys(kinds) as RecordKind[]) {
    for (const record of await reader.records.all(workspaceId, kind)) found.push({ kind, record });
  }
  return found;
}

const reviewsAtOnce = 1_000;

/** All reviews of a workspace, decided ones too. */
export async function reviewsOf(reader: StoreReader, workspaceId: number): Promise<ReviewRecord[]> {
  const found: ReviewRecord[] = [];
  for (;;) {
    const page = await reader.reviews.page(workspaceId, 'any', reviewsAtOnce, found.at(-1)?.id ?? null);
    found.push(...page);
    if (page.length < reviewsAtOnce) return found;
  }
}
