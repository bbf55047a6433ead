import { createHmac } from 'node:crypto';
import { limits } from '@quietlist/contract/limits';
import { retryAfterMs } from '@quietlist/contract/retry-after';
import { testEventType } from '@quietlist/contract/webhook';
import { webhookHeaders, webhookSignature, type HmacSha256 } from '@quietlist/contract/webhook-signature';
import { nextTryInMs } from '../domain/delivery-schedule.ts';
import { idText } from '../domain/id-text.ts';
import { isWebhookTarget } from './deliveries.ts';
import type { Outbound, OutboundError, PostOutcome, PostRequest } from './outbound.ts';
import type { DeliveryRecord, Settlement, Store, StoreReader, StoreWriter, WebhookBody } from './ports.ts';

/** Why a delivery was given up without a try. */
export type Abandonment = 'webhook_disabled' | 'webhook_deleted' | 'url_changed';

export interface DeliveryContext {
  store: Store;
  outbound: Outbound;
  clock(): number;
  /** From 0 to 1. */
  random(): number;
  version: string;
}

export type DeliveryOutcome = 'delivered' | 'failed' | 'abandoned';

const hmacSha256: HmacSha256 = (key, text) => createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');

const isSuccess = (status: number): boolean => status >= 200 && status < 300;
const gone = 410;
const tooManyRequests = 429;

/** Signatures by the secret, and by the one before it as long as that counts. */
function signatures({ secret, previousSecret }: WebhookBody, id: string, timestamp: string, rawBody: string, now: number): string {
  const secrets = [secret, ...(previousSecret && previousSecret.until > now ? [previousSecret.secret] : [])];
  return secrets.map((one) => webhookSignature(one, { id, timestamp, rawBody }, hmacSha256)).join(' ');
}

/** What is to be sent, or why nothing is. */
async function requestFor(reader: StoreReader, workspaceId: number, delivery: DeliveryRecord, now: number, version: string): Promise<PostRequest | Abandonment> {
  const { target, body } = delivery;
  const headers = { 'content-type': 'application/json', 'user-agent': `Quietlist/${version}` };
  if (!isWebhookTarget(target)) {
    const list = (await reader.directory.lists(workspaceId)).find(({ id }) => id === target);
    return list?.webhookUrl && list.webhookUrl === delivery.url ? { url: list.webhookUrl, headers, body } : 'url_changed';
  }
  const webhook = (await reader.records.find(workspaceId, 'webhook', target))?.body;
  if (!webhook) return 'webhook_deleted';
  if (webhook.status === 'disabled' && delivery.type !== testEventType) return 'webhook_disabled';
  const [id, timestamp] = [idText('msg', delivery.id), String(Math.floor(now / 1_000))];
  const signed = { [webhookHeaders.id]: id, [webhookHeaders.timestamp]: timestamp, [webhookHeaders.signature]: signatures(webhook, id, timestamp, body, now) };
  return { url: webhook.url, headers: { ...headers, ...signed }, body };
}

const settled = ({ id, lastStatus }: DeliveryRecord, fields: Partial<Settlement>): Settlement =>
  ({ id, status: 'failed', dueAt: null, lastStatus, lastError: null, deliveredAt: null, ...fields });

/** What becomes of a delivery after a try: done, again later, or parked for good with its reason. */
function settlementOf(delivery: DeliveryRecord, outcome: PostOutcome, now: number, random: number): Settlement {
  const [lastStatus, lastError]: [number | null, OutboundError | null] = 'error' in outcome ? [null, outcome.error] : [outcome.status, null];
  if (lastStatus !== null && isSuccess(lastStatus)) return settled(delivery, { status: 'delivered', lastStatus, deliveredAt: now });
  const askedMs = 'error' in outcome ? undefined : retryAfterMs(outcome.retryAfter ?? undefined, now);
  const inMs = lastStatus === gone ? null : nextTryInMs({ attempts: delivery.attempts, retryAfterMs: askedMs ?? null, isThrottled: lastError === 'timeout' || lastStatus === tooManyRequests, random });
  return settled(delivery, { lastStatus, lastError, ...(inMs === null ? {} : { status: 'pending', dueAt: now + inMs }) });
}

/** How a webhook is after a try: one success forgives all failures; nothing but failures for days, or a receiver that says it is gone, disables. */
function healthAfter(webhook: WebhookBody, { status, lastStatus }: Settlement, now: number): Partial<WebhookBody> | null {
  if (status === 'delivered') return webhook.failingSince === null ? null : { failingSince: null };
  if (webhook.status === 'disabled') return null;
  const failingSince = webhook.failingSince ?? now;
  if (lastStatus === gone) return { failingSince, status: 'disabled', disabledReason: 'gone' };
  if (now - failingSince >= limits.webhookDisabledAfterMs) return { failingSince, status: 'disabled', disabledReason: 'failing' };
  return webhook.failingSince === null ? { failingSince } : null;
}

async function settle(writer: StoreWriter, workspaceId: number, { target }: DeliveryRecord, settlement: Settlement, now: number): Promise<void> {
  await writer.deliveries.settle(workspaceId, settlement);
  const record = isWebhookTarget(target) ? await writer.records.find(workspaceId, 'webhook', target) : null;
  const health = record ? healthAfter(record.body, settlement, now) : null;
  if (record && health) await writer.records.put(workspaceId, 'webhook', { ...record, body: { ...record.body, ...health } });
}

/** Makes one try of a delivery that was claimed, and keeps what became of it. */
export async function deliver({ store, outbound, clock, random, version }: DeliveryContext, workspaceId: number, delivery: DeliveryRecord): Promise<DeliveryOutcome> {
  const request = await requestFor(store, workspaceId, delivery, clock(), version);
  if (typeof request === 'string') {
    await store.write((writer) => writer.deliveries.settle(workspaceId, settled(delivery, { lastError: request })));
    return 'abandoned';
  }
  const outcome = await outbound.post(request);
  const settlement = settlementOf(delivery, outcome, clock(), random());
  await store.write((writer) => settle(writer, workspaceId, delivery, settlement, clock()));
  return settlement.status === 'delivered' ? 'delivered' : 'failed';
}
