import { idOf, idText } from '../../domain/id-text.ts';
import { isChainIntact, type Digest, type EventRecord } from '../../domain/history.ts';
import type { ScanStart, Store } from '../../app/ports.ts';
import { UsageError } from '../io.ts';

const rowsAtOnce = 500;
const sampleSize = 1_000;

/** What reading chains of the history has shown. */
export interface HistoryReport {
  addresses: number;
  events: number;
  /** Places of the first addresses whose history is not as it was written. */
  broken: string[];
  newestAt: number;
}

/** An entry by its ids: enough to find its history, and no address. */
const placeOf = (workspaceId: number, entryId: number): string => `${idText('wsp', workspaceId)}/${idText('ent', entryId)}`;

/** Where to go on from, as `--from` was given it. */
export async function startOf(store: Store, place: string): Promise<ScanStart> {
  const [workspace = '', entry = ''] = place.split('/');
  const [workspaceId, id] = [idOf('wsp', workspace), idOf('ent', entry)];
  const [found] = workspaceId === null || id === null ? [] : await store.entries.findByIds(workspaceId, [id]);
  if (!found || workspaceId === null) throw new UsageError('--from takes a place that an earlier run has printed, such as wsp_1/ent_2.');
  return { workspaceId, key: found.key, id: found.id };
}

/** Checks the whole histories of addresses, given with an entry of each. */
async function checkChains(store: Store, workspaceId: number, entryIds: ReadonlyMap<string, number>, digest: Digest, report: HistoryReport): Promise<void> {
  const chains = new Map<string, EventRecord[]>([...entryIds.keys()].map((key) => [key, []]));
  for (const event of await store.events.until(workspaceId, [...chains.keys()], Number.MAX_SAFE_INTEGER)) chains.get(event.key)?.push(event);
  for (const [key, oldestFirst] of chains) {
    report.addresses += 1;
    report.events += oldestFirst.length;
    report.newestAt = Math.max(report.newestAt, oldestFirst.at(-1)?.at ?? 0);
    const isWhole = oldestFirst[0]?.sequence === 1 && isChainIntact(oldestFirst.toReversed(), digest);
    if (!isWhole && report.broken.length < 5) report.broken.push(placeOf(workspaceId, entryIds.get(key) as number));
  }
}

const emptyReport = (): HistoryReport => ({ addresses: 0, events: 0, broken: [], newestAt: 0 });

/** Checks the histories of the newest entries of every workspace. */
export async function checkSample(store: Store, digest: Digest, now: number): Promise<HistoryReport> {
  const report = emptyReport();
  const workspaces = await store.directory.workspaces();
  for (const { id } of workspaces) {
    const rows = await store.entries.page(id, { status: 'any' }, '-createdAt', Math.ceil(sampleSize / workspaces.length), null, now);
    report.newestAt = Math.max(report.newestAt, rows[0]?.createdAt ?? 0);
    await checkChains(store, id, new Map(rows.map((entry) => [entry.key, entry.id])), digest, report);
  }
  return report;
}

/** Checks the histories of all addresses that have an entry, after `from`. `onProgress` gets the place to go on from and answers whether to. */
export async function checkAll(store: Store, digest: Digest, from: ScanStart | null, onProgress: (report: HistoryReport, place: string) => boolean): Promise<HistoryReport> {
  const report = emptyReport();
  let after = from;
  let last = from === null ? '' : `${from.workspaceId} ${from.key}`;
  for (;;) {
    const rows = await store.entries.scan(after, rowsAtOnce);
    for (const workspaceId of new Set(rows.map((row) => row.workspaceId))) {
      const own = rows.filter((row) => row.workspaceId === workspaceId && `${workspaceId} ${row.entry.key}` !== last);
      await checkChains(store, workspaceId, new Map(own.map(({ entry }) => [entry.key, entry.id])), digest, report);
    }
    const end = rows.at(-1);
    if (!end) return report;
    after = { workspaceId: end.workspaceId, key: end.entry.key, id: end.entry.id };
    last = `${end.workspaceId} ${end.entry.key}`;
    if (!onProgress(report, placeOf(end.workspaceId, end.entry.id))) return report;
  }
}
