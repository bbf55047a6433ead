import { addressProblems } from '@quietlist/contract/address-problems';
import { itemProblems } from '@quietlist/contract/item-problems';
import type { CreateLinksRequest, CreateLinksResponse, LinkResult, NewLink } from '@quietlist/contract/link';
import { defaultListId } from '@quietlist/contract/vocabulary';
import { linkHeaders, listIdHeader } from '../domain/link-headers.ts';
import { readPerson } from '../domain/person.ts';
import type { Caller, Platform } from './context.ts';
import { linkSecret, linkToken } from './link-token.ts';
import type { LinkRecord, StoreWriter } from './ports.ts';
import { readingOptionsOf } from './reading-options.ts';
import { loadReferences } from './references.ts';

type Refusal = Required<Pick<LinkResult, 'code' | 'message'>>;

/**
 * Makes unsubscribe links: one result an item, in the order given. The same address, list, channel and sender always get the same
 * link, so that making it again is harmless. `publicUrl` is where recipients reach the service, without a slash at its end. Runs inside the caller's transaction: a link that was given out is kept.
 */
export async function createLinks(writer: StoreWriter, platform: Platform, caller: Caller, request: CreateLinksRequest, publicUrl: string): Promise<CreateLinksResponse> {
  const workspaceId = caller.workspace.id;
  const references = await loadReferences(writer.directory, workspaceId);
  const secret = await linkSecret(writer.marks);
  const createdAt = platform.clock();
  const { hostname } = new URL(publicUrl);
  const listIds = new Map([...references.names.lists].map(([listId, listName]) => [listId, listIdHeader({ workspaceId, listId, listName, hostname })]));
  const links: LinkRecord[] = [];

  /** The link of an item and its token, or why there is none. */
  const linkOf = (item: NewLink, index: number): { link: LinkRecord; token: string } | Refusal => {
    const sender = item.sender ? references.sender(item.sender, `/links/${index}/sender`) : null;
    const list = item.list === undefined ? defaultListId : references.list(item.list, `/links/${index}/list`);
    const channel = item.channel ?? null;
    if (sender && channel !== null && sender.channel !== channel) return { code: 'sender_of_other_channel', message: itemProblems.sender_of_other_channel };
    const { addresses, unreadable } = readPerson([item.address], readingOptionsOf(caller.workspace.settings, request.addressOptions, channel));
    const [address] = addresses;
    if (!address) {
      const code = unreadable[0]?.code ?? 'empty';
      return { code, message: addressProblems[code] };
    }
    const target = { workspaceId, key: address.key, list, channel, sender: sender?.id ?? null };
    const token = linkToken(secret, target);
    return { token, link: { ...target, tokenHash: platform.digest(token), address: address.address, addressKind: address.kind, createdAt } };
  };

  const results = request.links.map((item, index): LinkResult => {
    const made = linkOf(item, index);
    const around = { index, ...(item.ref === undefined ? {} : { ref: item.ref }) };
    if (!('link' in made)) return { ...around, url: null, headers: null, ...made };
    links.push(made.link);
    const url = `${publicUrl}/u/${made.token}`;
    return { ...around, url, headers: linkHeaders(url, request.mailto, listIds.get(made.link.list) ?? '') };
  });
  await writer.links.keep(workspaceId, links);
  return { results };
}
