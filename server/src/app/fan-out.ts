import type { FeedEvent } from '@quietlist/contract/feed';
import type { Platform } from './context.ts';
import { isWebhookTarget, newDelivery } from './deliveries.ts';
import { everything, isWanted, readFeed } from './feed.ts';
import { listWebhookBody, type KnownAddresses } from './list-webhooks.ts';
import type { DeliveryRecord, Follower, ListRecord, Store, StoreWriter, WebhookBody } from './ports.ts';

const followersAtOnce = 500;
const eventsAtOnce = 200;

interface Targets {
  webhooks: ReadonlyMap<string, WebhookBody>;
  lists: ReadonlyMap<string, ListRecord>;
}

async function targetsOf(writer: StoreWriter, workspaceId: number): Promise<Targets> {
  const webhooks = new Map((await writer.records.all(workspaceId, 'webhook')).map(({ id, body }) => [id, body]));
  const lists = new Map((await writer.directory.lists(workspaceId)).map((list) => [list.id, list]));
  return { webhooks, lists };
}

/** The other addresses of the people who opted out, where there are any. */
async function knownAddresses(writer: StoreWriter, workspaceId: number, keys: readonly string[]): Promise<(key: string) => KnownAddresses> {
  const linked = await writer.contacts.findLinked(workspaceId, keys);
  const contactOf = new Map(linked.map(({ key, contactId }) => [key, contactId]));
  const first = (key: string, kind: 'phone' | 'email') => linked.find(({ contactId, addressKind }) => contactId === contactOf.get(key) && addressKind === kind)?.address ?? null;
  return (key) => ({ phone: first(key, 'phone'), email: first(key, 'email') });
}

/** What a webhook is sent of an event. */
const webhookBody = ({ type, timestamp, data }: FeedEvent): string => JSON.stringify({ type, timestamp, data });

/** Makes out the next events of one workspace to those who follow, and moves them on. */
async function fanOutOf(writer: StoreWriter, platform: Platform, workspaceId: number, followers: readonly Follower[]): Promise<void> {
  const { webhooks, lists } = await targetsOf(writer, workspaceId);
  const from = Math.min(...followers.map(({ position }) => position));
  // What is no longer kept cannot be sent: they go on with what is.
  const slice = await readFeed(writer, workspaceId, Math.max(from, await writer.outbox.start(workspaceId)), everything, eventsAtOnce);
  const forLists = followers.some(({ target }) => !isWebhookTarget(target));
  const senders = forLists ? await writer.directory.senders(workspaceId) : [];
  const optedOut = slice.events.flatMap(({ type, data }) => (forLists && type === 'opt_out.added' && data.entry ? [data.entry.key] : []));
  const known = await knownAddresses(writer, workspaceId, optedOut);
  const deliveries: DeliveryRecord[] = [];
  for (const event of slice.events) {
    let body: string | null = null;
    const { entry } = event.data;
    const createdAt = Date.parse(event.timestamp);
    for (const { target, position } of followers) {
      if (position >= event.position) continue;
      const [webhook, list] = [webhooks.get(target), lists.get(target)];
      if (webhook && isWanted(event, webhook)) {
        body ??= webhookBody(event);
        deliveries.push(newDelivery(platform, { target, event: event.id, type: event.type, url: null, body, createdAt }));
      } else if (list?.webhookUrl && entry && event.type === 'opt_out.added' && entry.list === list.id) {
        deliveries.push(newDelivery(platform, { target, event: event.id, type: event.type, url: list.webhookUrl, body: listWebhookBody(list, entry, known(entry.key), senders), createdAt }));
      }
    }
  }
  if (deliveries.length > 0) await writer.deliveries.insert(workspaceId, deliveries);
  for (const { target, position } of followers) {
    if (slice.position > position) await writer.deliveries.follow({ workspaceId, target, position: slice.position });
  }
}

/**
 * Makes out deliveries to webhooks from the events that were committed, and notes how far that has come in the same transaction: each
 * event is made out to each target once, whenever a server ends. Answers whether there is more.
 */
export async function fanOut(store: Store, platform: Platform): Promise<boolean> {
  const behind = await store.deliveries.followersBehind(followersAtOnce);
  for (const workspaceId of new Set(behind.map((follower) => follower.workspaceId))) {
    await store.write(async (writer) => {
      const own = (await writer.deliveries.followersBehind(followersAtOnce)).filter((follower) => follower.workspaceId === workspaceId);
      if (own.length > 0) await fanOutOf(writer, platform, workspaceId, own);
    });
  }
  return (await store.deliveries.followersBehind(1)).length > 0;
}
