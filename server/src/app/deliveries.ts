import type { Delivery, DeliveryPage, ReplayRequest, ReplayResponse } from '@quietlist/contract/webhook';
import type { DeliveryStatus } from '@quietlist/contract/vocabulary';
import { idOf, idText } from '../domain/id-text.ts';
import { instantOf, instantText } from '../domain/instant.ts';
import type { Caller, Platform } from './context.ts';
import { cursorOf, pageLimit, readCursor } from './paging.ts';
import type { DeliveryRecord, StoreReader, StoreWriter } from './ports.ts';
import { Problem } from './problem.ts';

const textOrNull = (instant: number | null): string | null => (instant === null ? null : instantText(instant));

export const isWebhookTarget = (target: string): boolean => idOf('whk', target) !== null;

export const deliveryView = (one: DeliveryRecord): Delivery => ({
  id: idText('msg', one.id),
  webhook: isWebhookTarget(one.target) ? one.target : null,
  list: isWebhookTarget(one.target) ? null : one.target,
  event: one.event,
  type: one.type as Delivery['type'],
  status: one.status,
  attempts: one.attempts,
  nextAttemptAt: textOrNull(one.dueAt),
  lastStatus: one.lastStatus,
  lastError: one.lastError,
  createdAt: instantText(one.createdAt),
  deliveredAt: textOrNull(one.deliveredAt),
});

/** A delivery that is due at once. */
export const newDelivery = (platform: Platform, what: Pick<DeliveryRecord, 'target' | 'event' | 'type' | 'url' | 'body' | 'createdAt'>): DeliveryRecord => ({
  ...what, id: platform.ids.next(), status: 'pending', attempts: 0, dueAt: platform.clock(), lastStatus: null, lastError: null, deliveredAt: null,
});

/** What went, or is on its way, to a webhook or a list. */
export async function listDeliveries(reader: StoreReader, caller: Caller, target: string, query: { limit?: string; cursor?: string; status?: DeliveryStatus }): Promise<DeliveryPage> {
  const isId = (value: unknown): value is [number] => Array.isArray(value) && value.length === 1 && Number.isSafeInteger(value[0]);
  const before = query.cursor === undefined ? null : readCursor(query.cursor, isId)[0];
  const limit = pageLimit(query.limit);
  const rows = await reader.deliveries.page(caller.workspace.id, target, query.status ?? 'any', limit + 1, before);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { data: shown.map(deliveryView), nextCursor: rows.length > limit && last ? cursorOf([last.id]) : null };
}

/** Sends again what was made out to a target in a time and is still kept. */
export async function replayDeliveries(writer: StoreWriter, platform: Platform, caller: Caller, target: string, { since, until, onlyFailed = false }: ReplayRequest): Promise<ReplayResponse> {
  const now = platform.clock();
  const [from, to] = [instantOf(since), until === undefined ? now : instantOf(until)];
  const wrong = (pointer: string, message: string): Problem => new Problem('invalid-request', 'The time to replay is not one.', [{ pointer, message }]);
  if (from === null) throw wrong('/since', 'There is no such day.');
  if (to === null) throw wrong('/until', 'There is no such day.');
  if (to < from) throw wrong('/until', 'Before since.');
  return { replayed: await writer.deliveries.replay(caller.workspace.id, target, { since: from, until: to, onlyFailed }, now) };
}
