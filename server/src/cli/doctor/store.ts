import type { Platform } from '../../app/context.ts';
import type { Store } from '../../app/ports.ts';
import type { Inspection } from '../../store/inspection.ts';
import { ok, problem, warning, type Finding } from './finding.ts';
import type { HistoryReport } from './history.ts';

const toleratedMs = 60_000;
const dueRowsLookedAt = 1_000;

/** Whether there is a store, whole and of this version. */
export function inspectionFindings({ exists, damage, schema, bytes }: Inspection): Finding[] {
  if (!exists) return [problem('There is no data here yet.', 'Give the folder or the database of the service; its first start makes the store.')];
  const whole = damage.length > 0 ? problem(`The database is damaged (${damage.length} findings; the first: ${damage[0]?.slice(0, 80)}).`, 'Stop the service, keep a copy of the folder and restore the last backup.') : ok('The database holds together.');
  const schemas: Record<Inspection['schema'], Finding> = {
    current: ok('The schema is the one of this version.'),
    older: warning('The schema is of an older version.', 'The next start of the service brings it up to date: make a backup before.'),
    newer: problem('The schema is of a newer version.', 'Start that version of Quietlist, or a newer one, on this data.'),
    none: problem('The database has no tables of Quietlist.', 'Check that this is the right one.'),
  };
  return [...(bytes === null ? [] : [whole]), schemas[schema]];
}

export function historyFinding({ addresses, events, broken }: HistoryReport): Finding {
  if (broken.length === 0) return ok(`The history of ${addresses.toLocaleString('en-US')} addresses is as it was written (${events.toLocaleString('en-US')} lines).`);
  return problem(`The history of some addresses was changed or cut: ${broken.join(', ')}.`, 'Find out who wrote to the database beside the service, and compare with a backup.');
}

/** Whether the job that ends entries keeps up. Entries past their expiry hold nothing, with or without it. */
export async function expiryFinding(store: Store, { clock }: Platform): Promise<Finding> {
  const late = await store.entries.findDue(clock() - toleratedMs, dueRowsLookedAt);
  if (late.length === 0) return ok('No expired entry waits for its end.');
  const count = late.length === dueRowsLookedAt ? `${dueRowsLookedAt} or more` : String(late.length);
  return warning(`${count} expired entries wait for their end. They hold nobody.`, 'Start the service; if it runs, look for "job failed" in its log.');
}

/** Whether the clock is behind what has been written. */
export function clockFinding(newestAt: number, { clock }: Platform): Finding {
  const aheadMs = newestAt - clock();
  if (aheadMs <= toleratedMs) return ok('The clock is not behind the newest event.');
  return problem(`The clock is ${Math.round(aheadMs / 1_000).toLocaleString('en-US')} seconds behind the newest event.`, 'Set the clock (NTP): expiry and signatures depend on it.');
}
