import type { AddressQuery } from '@quietlist/contract/address-view';
import type { CheckRequest } from '@quietlist/contract/check';
import type { CreateConnectionRequest } from '@quietlist/contract/connection';
import type { LinkRequest, UnlinkRequest } from '@quietlist/contract/contact';
import type { FeedQuery } from '@quietlist/contract/feed';
import type { AddEntriesRequest, RemoveEntriesRequest } from '@quietlist/contract/entry';
import type { ListEntriesQuery } from '@quietlist/contract/entry-page';
import type { CreateKeyRequest } from '@quietlist/contract/key';
import type { InboundRequest } from '@quietlist/contract/inbound';
import type { CreateListRequest, DeleteListRequest, UpdateListRequest } from '@quietlist/contract/list';
import type { DecideReviewRequest } from '@quietlist/contract/review';
import type { CreateLinksRequest } from '@quietlist/contract/link';
import type { Provider } from '@quietlist/contract/providers';
import type { RouteName } from '@quietlist/contract/routes';
import type { BackfillRuleRequest, CreateRuleRequest, PreviewRuleRequest, UpdateRuleRequest } from '@quietlist/contract/rule';
import type { CreateSenderRequest, UpdateSenderRequest } from '@quietlist/contract/sender';
import type { UpdateSettingsRequest } from '@quietlist/contract/settings';
import type { CreateTemplateRequest, UpdateTemplateRequest } from '@quietlist/contract/template';
import type { ReviewStatus, RuleTrigger } from '@quietlist/contract/vocabulary';
import type { DeliveryStatus } from '@quietlist/contract/vocabulary';
import type { CreateWebhookRequest, ReplayRequest, UpdateWebhookRequest } from '@quietlist/contract/webhook';
import { addEntries } from '../app/add-entries.ts';
import { check } from '../app/check.ts';
import { createConnection, deleteConnection, listConnections } from '../app/connections.ts';
import type { Caller } from '../app/context.ts';
import { listEvents } from '../app/feed.ts';
import { listDeliveries, replayDeliveries } from '../app/deliveries.ts';
import { getAddress } from '../app/get-address.ts';
import { getEntry } from '../app/get-entry.ts';
import { linkAddresses, unlinkAddresses } from '../app/contacts.ts';
import { createLinks } from '../app/create-links.ts';
import { createKey, getMe, listKeys, revokeKey } from '../app/keys.ts';
import { listEntries } from '../app/list-entries.ts';
import { handleInbound } from '../app/inbound/handle-inbound.ts';
import { backfillRule, previewRule } from '../app/inbound/try-rule.ts';
import { clearList, createList, deleteList, getList, listLists, updateList } from '../app/lists.ts';
import type { StoreWriter } from '../app/ports.ts';
import { receiveFromProvider } from '../app/receive-from-provider.ts';
import { removeEntries } from '../app/remove-entries.ts';
import { approveReview, dismissReview, getReview, listReviews } from '../app/reviews.ts';
import { createRule, deleteRule, getRule, listRules, updateRule } from '../app/rules.ts';
import { createSender, deleteSender, getSender, listChannels, listSenders, updateSender } from '../app/senders.ts';
import { updateSettings } from '../app/settings.ts';
import { createTemplate, deleteTemplate, getTemplate, listTemplates, updateTemplate } from '../app/templates.ts';
import { adapters } from '../providers/adapters.ts';
import { signalsIn } from './provider-routes.ts';
import { createWebhook, deleteWebhook, findWebhook, getWebhook, listWebhooks, rotateSecret, sendTest, updateWebhook } from '../app/webhooks.ts';
import type { Services } from './services.ts';

/** What a request holds, as its route's schemas have let it through. */
export interface Input {
  parameters: Record<string, string>;
  query: unknown;
  body: unknown;
  /** The address under which recipients reach the service. */
  publicUrl(): string;
}

type Paging = { limit?: string; cursor?: string };
type Read = (services: Services, caller: Caller, input: Input) => Promise<unknown> | unknown;
type Write = (writer: StoreWriter, services: Services, caller: Caller, input: Input) => Promise<unknown>;

const id = (input: Input): string => input.parameters['id'] as string;

/** Routes that change nothing: read from the store as it is. */
export const reads = {
  check: ({ store, platform }, caller, { body }) => check(store, platform.clock, caller, body as CheckRequest),
  listEntries: ({ store, platform }, caller, { query }) => listEntries(store, platform.clock, caller, query as ListEntriesQuery),
  getEntry: ({ store, platform }, caller, input) => getEntry(store, platform.clock, caller, id(input)),
  getAddress: ({ store, platform }, caller, { parameters, query }) => getAddress(store, platform, caller, parameters['address'] as string, query as AddressQuery),
  listLists: ({ store, platform }, caller, { query }) => listLists(store, platform.clock, caller, query as Paging),
  getList: ({ store, platform }, caller, input) => getList(store, platform.clock, caller, id(input)),
  listRules: ({ store }, caller, { query }) => listRules(store, caller, query as Paging & { trigger?: RuleTrigger }),
  getRule: ({ store }, caller, input) => getRule(store, caller, id(input)),
  previewRule: ({ store }, caller, { body }) => previewRule(store, caller, body as PreviewRuleRequest),
  listTemplates: ({ store }, caller, { query }) => listTemplates(store, caller, query as Paging),
  getTemplate: ({ store }, caller, input) => getTemplate(store, caller, id(input)),
  listConnections: ({ store }, caller, input) => listConnections(store, caller, input.query as Paging, input.publicUrl()),
  listReviews: ({ store }, caller, { query }) => listReviews(store, caller, query as Paging & { status?: ReviewStatus | 'any' }),
  getReview: ({ store }, caller, input) => getReview(store, caller, id(input)),
  listSenders: ({ store }, caller, { query }) => listSenders(store, caller, query as Paging & { channel?: string }),
  getSender: ({ store }, caller, input) => getSender(store, caller, id(input)),
  listChannels: ({ store }, caller) => listChannels(store, caller),
  listEvents: ({ store }, caller, { query }) => listEvents(store, caller, query as FeedQuery),
  listWebhooks: ({ store }, caller, { query }) => listWebhooks(store, caller, query as Paging),
  getWebhook: ({ store }, caller, input) => getWebhook(store, caller, id(input)),
  listDeliveries: async ({ store }, caller, input) => listDeliveries(store, caller, (await findWebhook(store, caller, id(input))).id, input.query as Paging & { status?: DeliveryStatus }),
  listListDeliveries: async ({ store, platform }, caller, input) => listDeliveries(store, caller, (await getList(store, platform.clock, caller, id(input))).id, input.query as Paging & { status?: DeliveryStatus }),
  listKeys: ({ store }, caller, { query }) => listKeys(store, caller, query as Paging),
  getMe: ({ version }, caller) => getMe(caller, version),
  getSettings: (_services, caller) => caller.workspace.settings,
} satisfies Partial<Record<RouteName, Read>>;

/** Routes that change something: each runs in one transaction, together with its idempotency record. */
export const writes = {
  addEntries: (writer, { platform }, caller, { body }) => addEntries(writer, platform, caller, body as AddEntriesRequest),
  removeEntries: (writer, { platform }, caller, { body }) => removeEntries(writer, platform, caller, body as RemoveEntriesRequest),
  linkAddresses: (writer, { platform }, caller, { body }) => linkAddresses(writer, platform, caller, body as LinkRequest),
  unlinkAddresses: (writer, { platform }, caller, { body }) => unlinkAddresses(writer, platform, caller, body as UnlinkRequest),
  createList: (writer, { platform }, caller, { body }) => createList(writer, platform, caller, body as CreateListRequest),
  updateList: (writer, { platform }, caller, input) => updateList(writer, platform, caller, id(input), input.body as UpdateListRequest),
  deleteList: (writer, { platform }, caller, input) => deleteList(writer, platform, caller, id(input), input.body as DeleteListRequest | null),
  createRule: (writer, { platform }, caller, { body }) => createRule(writer, platform, caller, body as CreateRuleRequest),
  updateRule: (writer, { platform }, caller, input) => updateRule(writer, platform, caller, id(input), input.body as UpdateRuleRequest),
  deleteRule: (writer, { platform }, caller, input) => deleteRule(writer, platform, caller, id(input)),
  backfillRule: (writer, { platform }, caller, input) => backfillRule(writer, platform, caller, id(input), input.body as BackfillRuleRequest),
  createTemplate: (writer, { platform }, caller, { body }) => createTemplate(writer, platform, caller, body as CreateTemplateRequest),
  updateTemplate: (writer, _services, caller, input) => updateTemplate(writer, caller, id(input), input.body as UpdateTemplateRequest),
  deleteTemplate: (writer, _services, caller, input) => deleteTemplate(writer, caller, id(input)),
  handleInbound: (writer, { platform }, caller, { body }) => handleInbound(writer, platform, caller, body as InboundRequest),
  receiveFromProvider: (writer, { platform }, caller, { parameters, body }) => {
    const provider = parameters['provider'] as Provider;
    return receiveFromProvider(writer, platform, caller, { provider, signals: signalsIn(provider, body), list: null, sender: null, isSigned: false });
  },
  createConnection: (writer, { platform }, caller, input) => {
    const request = input.body as CreateConnectionRequest;
    return createConnection(writer, platform, caller, request, adapters[request.provider].signed?.flawOf ?? null, input.publicUrl());
  },
  deleteConnection: (writer, _services, caller, input) => deleteConnection(writer, caller, id(input), input.publicUrl()),
  approveReview: (writer, { platform }, caller, input) => approveReview(writer, platform, caller, id(input), input.body as DecideReviewRequest),
  dismissReview: (writer, { platform }, caller, input) => dismissReview(writer, platform, caller, id(input), input.body as DecideReviewRequest),
  createSender: (writer, { platform }, caller, { body }) => createSender(writer, platform, caller, body as CreateSenderRequest),
  updateSender: (writer, _services, caller, input) => updateSender(writer, caller, id(input), input.body as UpdateSenderRequest),
  deleteSender: (writer, { platform }, caller, input) => deleteSender(writer, platform, caller, id(input)),
  createLinks: (writer, { platform }, caller, input) => createLinks(writer, platform, caller, input.body as CreateLinksRequest, input.publicUrl()),
  createWebhook: (writer, { platform }, caller, { body }) => createWebhook(writer, platform, caller, body as CreateWebhookRequest),
  updateWebhook: (writer, _services, caller, input) => updateWebhook(writer, caller, id(input), input.body as UpdateWebhookRequest),
  deleteWebhook: (writer, _services, caller, input) => deleteWebhook(writer, caller, id(input)),
  rotateWebhookSecret: (writer, { platform }, caller, input) => rotateSecret(writer, platform, caller, id(input)),
  testWebhook: (writer, { platform }, caller, input) => sendTest(writer, platform, caller, id(input)),
  replayWebhook: async (writer, { platform }, caller, input) => replayDeliveries(writer, platform, caller, (await findWebhook(writer, caller, id(input))).id, input.body as ReplayRequest),
  replayList: async (writer, { platform }, caller, input) => replayDeliveries(writer, platform, caller, (await getList(writer, platform.clock, caller, id(input))).id, input.body as ReplayRequest),
  createKey: (writer, { platform }, caller, { body }) => createKey(writer, platform, caller.workspace, body as CreateKeyRequest),
  revokeKey: (writer, { platform }, caller, input) => revokeKey(writer, platform, caller, id(input)),
  updateSettings: (writer, _services, caller, { body }) => updateSettings(writer, caller, body as UpdateSettingsRequest),
} satisfies Partial<Record<RouteName, Write>>;

/** What is done before a write, in portions that are writes of their own: more than one transaction should hold. */
export const preparations: Partial<Record<RouteName, (services: Services, caller: Caller, input: Input) => Promise<void>>> = {
  deleteList: ({ store, platform }, caller, input) => clearList(store, platform, caller, id(input), input.body as DeleteListRequest | null),
};

/** Routes that are answered apart (operations.ts, event-stream.ts). A test holds the three tables against the contract. */
export const operationRoutes = ['health', 'ready', 'metrics', 'streamEvents'] as const satisfies RouteName[];
