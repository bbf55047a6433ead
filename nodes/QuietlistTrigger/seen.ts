import type { IDataObject } from 'n8n-workflow';

/** As long as the service tries: a delivery is tried again within a day, or sent anew by a replay. */
const keptForMs = 24 * 60 * 60 * 1000;

/** More than that would make the data of a workflow grow; the oldest are forgotten first. */
const most = 1_000;

/** Whether a delivery was seen before; remembers it. Kept in the data that n8n saves with the workflow, so that a restart forgets nothing. */
export const hasSeen = (data: IDataObject, id: string, now: number): boolean => {
  const kept = Array.isArray(data.seen) ? (data.seen as Array<[string, number]>) : [];
  const recent = kept.filter(([, seenAt]) => seenAt > now - keptForMs);
  if (recent.some(([seenId]) => seenId === id)) return true;
  data.seen = [...recent, [id, now]].slice(-most);
  return false;
};
