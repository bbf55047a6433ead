import type { FeedEvent } from '@quietlist/contract/feed';
import type { ListRecord, SenderRecord, StoreWriter } from './ports.ts';

/** Makes the webhook URL that a list got be told of what happens from now on. One that was changed or taken away ends what was on its way. */
export async function followList(writer: StoreWriter, workspaceId: number, before: ListRecord | null, list: ListRecord): Promise<void> {
  if (list.webhookUrl === null || list.webhookUrl === before?.webhookUrl) return;
  await writer.deliveries.follow({ workspaceId, target: list.id, position: await writer.outbox.head(workspaceId) });
}

type OptedOut = NonNullable<FeedEvent['data']['entry']>;

/** What is known of the person beside the address that was opted out. */
export interface KnownAddresses {
  phone: string | null;
  email: string | null;
}

/** A number that nobody could read is a number all the same. */
const isPhone = ({ address, addressKind, unverified }: OptedOut): boolean => addressKind === 'phone' || (unverified && /^\+?[\d ().-]{5,20}$/.test(address));
const isEmail = ({ address, addressKind, unverified }: OptedOut): boolean => addressKind === 'email' || (unverified && address.includes('@'));

const numberOf = (phone: string | null): number | null => {
  const value = Number(phone?.replace(/\D/g, '') || Number.NaN);
  return Number.isSafeInteger(value) ? value : null;
};

/** Exactly what B6 has: numbers as numbers, and null for what is not known. */
export const listWebhookBody = (list: ListRecord, entry: OptedOut, known: KnownAddresses, senders: readonly SenderRecord[]): string =>
  JSON.stringify({
    opt_list_name: list.name,
    mobile: numberOf(isPhone(entry) ? entry.address : known.phone),
    email: isEmail(entry) ? entry.address : known.email,
    channel_id: senders.find(({ id }) => id === entry.sender)?.channelId ?? null,
  });
