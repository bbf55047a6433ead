import { randomBytes } from 'node:crypto';
import { limits } from '@quietlist/contract/limits';
import type { CreatedWebhook, CreateWebhookRequest, Delivery, RotatedSecret, UpdateWebhookRequest, Webhook, WebhookPage } from '@quietlist/contract/webhook';
import { testEventType } from '@quietlist/contract/webhook';
import { webhookSecretPrefix } from '@quietlist/contract/webhook-signature';
import { idText } from '../domain/id-text.ts';
import { instantText } from '../domain/instant.ts';
import type { Caller, Platform } from './context.ts';
import { deliveryView, newDelivery } from './deliveries.ts';
import { pageOf } from './paging.ts';
import type { StoreReader, StoreWriter, WebhookBody, WorkspaceRecord } from './ports.ts';
import { Problem } from './problem.ts';
import { loadReferences } from './references.ts';

type WebhookRecord = WorkspaceRecord<'webhook'>;

const secretBytes = 32;
const newSecret = (): string => `${webhookSecretPrefix}${randomBytes(secretBytes).toString('base64')}`;

const view = ({ id, body, createdAt }: WebhookRecord): Webhook => ({
  id,
  url: body.url,
  description: body.description,
  types: body.types,
  lists: body.lists,
  status: body.status,
  disabledReason: body.disabledReason,
  failingSince: body.failingSince === null ? null : instantText(body.failingSince),
  createdAt: instantText(createdAt),
});

export async function findWebhook(reader: StoreReader, caller: Caller, id: string): Promise<WebhookRecord> {
  const record = await reader.records.find(caller.workspace.id, 'webhook', id);
  if (!record) throw new Problem('not-found', 'There is no such webhook.');
  return record;
}

/** The ids of the lists that a request names. */
async function listsOf(reader: StoreReader, caller: Caller, lists: readonly string[]): Promise<string[]> {
  if (lists.length === 0) return [];
  const references = await loadReferences(reader.directory, caller.workspace.id);
  return [...new Set(lists.map((list, index) => references.list(list, `/lists/${index}`)))];
}

export async function listWebhooks(reader: StoreReader, caller: Caller, query: { limit?: string; cursor?: string }): Promise<WebhookPage> {
  return pageOf((await reader.records.all(caller.workspace.id, 'webhook')).map(view), query);
}

export const getWebhook = async (reader: StoreReader, caller: Caller, id: string): Promise<Webhook> => view(await findWebhook(reader, caller, id));

/** Refuses what looks like a URL and is none. Where it leads is judged whenever it is called. */
function requireUrl(url: string | undefined): void {
  if (url !== undefined && !URL.canParse(url)) throw new Problem('invalid-request', 'The URL cannot be read.', [{ pointer: '/url', message: 'Not a URL.' }]);
}

/** Creates a webhook, which is told of what happens from now on, and answers its secret for the only time. */
export async function createWebhook(writer: StoreWriter, platform: Platform, caller: Caller, request: CreateWebhookRequest): Promise<CreatedWebhook> {
  requireUrl(request.url);
  const workspaceId = caller.workspace.id;
  if ((await writer.records.all(workspaceId, 'webhook')).length >= limits.webhooksPerWorkspace) {
    throw new Problem('conflict', `A workspace has at most ${limits.webhooksPerWorkspace} webhooks. Delete one that is no longer used.`);
  }
  const id = idText('whk', platform.ids.next());
  const secret = newSecret();
  const body: WebhookBody = {
    url: request.url, description: request.description ?? '', types: request.types ?? [], lists: await listsOf(writer, caller, request.lists ?? []),
    secret, previousSecret: null, status: 'enabled', disabledReason: null, failingSince: null,
  };
  const record = { id, name: id, body, createdAt: platform.clock() };
  await writer.records.put(workspaceId, 'webhook', record);
  await writer.deliveries.follow({ workspaceId, target: id, position: await writer.outbox.head(workspaceId) });
  return { ...view(record), secret };
}

/** Changes a webhook. Enabled again, it begins with a clean slate: what was parked meanwhile can be replayed. */
export async function updateWebhook(writer: StoreWriter, caller: Caller, id: string, request: UpdateWebhookRequest): Promise<Webhook> {
  requireUrl(request.url);
  const record = await findWebhook(writer, caller, id);
  const lists = request.lists ? { lists: await listsOf(writer, caller, request.lists) } : {};
  const health = request.status === 'enabled' ? { disabledReason: null, failingSince: null } : {};
  const changed = { ...record, body: { ...record.body, ...request, ...lists, ...health } };
  await writer.records.put(caller.workspace.id, 'webhook', changed);
  return view(changed);
}

/** Deletes a webhook. What is still on its way to it stops. */
export async function deleteWebhook(writer: StoreWriter, caller: Caller, id: string): Promise<Webhook> {
  const record = await findWebhook(writer, caller, id);
  await writer.records.remove(caller.workspace.id, 'webhook', id);
  await writer.deliveries.unfollow(caller.workspace.id, id);
  return view(record);
}

/** Gives a webhook a new secret. For a day the old one signs beside it, so that the receiver can be changed without a gap. */
export async function rotateSecret(writer: StoreWriter, platform: Platform, caller: Caller, id: string): Promise<RotatedSecret> {
  const record = await findWebhook(writer, caller, id);
  const [secret, until] = [newSecret(), platform.clock() + limits.webhookSecretOverlapMs];
  await writer.records.put(caller.workspace.id, 'webhook', { ...record, body: { ...record.body, secret, previousSecret: { secret: record.body.secret, until } } });
  return { id, secret, previousSecretUntil: instantText(until) };
}

/** Sends a delivery that says that it is a test: of a type that no event has, so that nobody takes it for one. */
export async function sendTest(writer: StoreWriter, platform: Platform, caller: Caller, id: string): Promise<Delivery> {
  await findWebhook(writer, caller, id);
  const now = platform.clock();
  const body = JSON.stringify({ type: testEventType, timestamp: instantText(now), data: { webhook: id, actor: caller.actor } });
  const delivery = newDelivery(platform, { target: id, event: idText('evt', platform.ids.next()), type: testEventType, url: null, body, createdAt: now });
  await writer.deliveries.insert(caller.workspace.id, [delivery]);
  return deliveryView(delivery);
}
