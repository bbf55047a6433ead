import { Type, type TSchema } from 'typebox';
import { AddressQuery, AddressView } from './address-view.ts';
import { ChannelList } from './channel.ts';
import { CheckRequest, CheckResponse } from './check.ts';
import { Connection, ConnectionPage, CreateConnectionRequest, ListConnectionsQuery, ProviderAnswer } from './connection.ts';
import { Contact, LinkRequest, UnlinkRequest } from './contact.ts';
import { AddEntriesRequest, AddEntriesResponse, Entry, RemoveEntriesRequest, RemoveEntriesResponse } from './entry.ts';
import { EntryPage, ListEntriesQuery } from './entry-page.ts';
import { FeedPage, FeedQuery, StreamQuery } from './feed.ts';
import { Health } from './health.ts';
import { ApiKey, CreatedKey, CreateKeyRequest, KeyPage, ListKeysQuery, Me } from './key.ts';
import { limits } from './limits.ts';
import { InboundRequest, InboundResponse } from './inbound.ts';
import { CreateListRequest, DeleteListRequest, List, ListListsQuery, ListPage, UpdateListRequest } from './list.ts';
import { CreateLinksRequest, CreateLinksResponse } from './link.ts';
import type { ProblemCode } from './problems.ts';
import { DecideReviewRequest, ListReviewsQuery, Review, ReviewPage } from './review.ts';
import { providers } from './providers.ts';
import type { Role } from './roles.ts';
import { BackfillRuleRequest, CreateRuleRequest, ListRulesQuery, PreviewRuleRequest, Rule, RuleBackfill, RulePage, RulePreview, UpdateRuleRequest } from './rule.ts';
import { CreateSenderRequest, ListSendersQuery, Sender, SenderPage, UpdateSenderRequest } from './sender.ts';
import { Settings, UpdateSettingsRequest } from './settings.ts';
import { CreateTemplateRequest, ListTemplatesQuery, Template, TemplatePage, UpdateTemplateRequest } from './template.ts';
import { Nullable } from './text.ts';
import { wordsOf } from './vocabulary.ts';
import { CreatedWebhook, CreateWebhookRequest, Delivery, DeliveryPage, ListDeliveriesQuery, ListWebhooksQuery, ReplayRequest, ReplayResponse, RotatedSecret, UpdateWebhookRequest, Webhook, WebhookPage } from './webhook.ts';

/** One operation of the API. The service registers exactly these, the OpenAPI page shows them, the role is checked before the body is read. */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  /** The least role; null: no key needed. */
  role: Role | null;
  tag: string;
  summary: string;
  parameters?: TSchema;
  query?: TSchema;
  body?: TSchema;
  /** The body may be large. */
  bulk?: boolean;
  /** Bytes of a body, where it is neither bulk nor of the usual size. */
  bodyBytes?: number;
  /** The answer carries a secret, so it is not kept to be given again: the route takes no idempotency key. */
  answersSecret?: boolean;
  /** A POST that changes nothing. */
  changesNothing?: boolean;
  status: number;
  response: TSchema;
  /** Of the answer. Default: JSON. */
  contentType?: string;
  problems?: ProblemCode[];
}

const Id = (prefix: string) => Type.Object({ id: Type.String({ pattern: `^(${prefix})$` }) }, { additionalProperties: false });
const listId = Id('default|lst_[0-9a-z]{1,20}');
const webhookId = Id('whk_[0-9a-z]{1,20}');
const senderId = Id('snd_[0-9a-z]{1,20}');
const ruleId = Id('rul_[0-9a-z]{1,20}');
const templateId = Id('tpl_[0-9a-z]{1,20}');
const reviewId = Id('rev_[0-9a-z]{1,20}');
const AddressParameter = Type.Object({ address: Type.String({ minLength: 1, maxLength: limits.addressLength }) }, { additionalProperties: false });

const ProviderParameter = Type.Object({ provider: Type.Enum(wordsOf(providers)) }, { additionalProperties: false });
/** Whatever the provider sends: what is not known in it is passed over. */
const ProviderBody = Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Array(Type.Unknown())], { description: 'The body of the webhook as the provider sent it. The form of Twilio is taken as a form, or as JSON.' });

export const routes = {
  check: {
    method: 'POST', path: '/v1/checks', role: 'agent', tag: 'Checks', bulk: true, changesNothing: true, status: 200,
    summary: 'May these recipients be contacted?', body: CheckRequest, response: CheckResponse,
    problems: ['unknown-list', 'unknown-sender', 'check-unavailable'],
  },
  addEntries: {
    method: 'POST', path: '/v1/entries', role: 'agent', tag: 'Entries', bulk: true, status: 200,
    summary: 'Opt addresses out, or block them (role manager)', body: AddEntriesRequest, response: AddEntriesResponse,
    problems: ['unknown-list', 'unknown-sender', 'store-unavailable', 'storage-full'],
  },
  removeEntries: {
    method: 'POST', path: '/v1/entries/remove', role: 'agent', tag: 'Entries', bulk: true, status: 200,
    summary: 'Remove opt-outs (for their recipients, or with consent), or blocks (role manager)', body: RemoveEntriesRequest, response: RemoveEntriesResponse,
    problems: ['unknown-list', 'unknown-sender', 'consent-required', 'store-unavailable', 'storage-full'],
  },
  listEntries: {
    method: 'GET', path: '/v1/entries', role: 'viewer', tag: 'Entries', status: 200,
    summary: 'The blacklist and the opt-out lists, page by page', query: ListEntriesQuery, response: EntryPage,
    problems: ['unknown-list', 'unknown-sender'],
  },
  getEntry: {
    method: 'GET', path: '/v1/entries/:id', role: 'viewer', tag: 'Entries', status: 200,
    summary: 'One entry', parameters: Id('ent_[0-9a-z]{1,20}'), response: Entry,
  },
  getAddress: {
    method: 'GET', path: '/v1/addresses/:address', role: 'viewer', tag: 'Addresses', status: 200,
    summary: 'Everything known of one address, with its history', parameters: AddressParameter, query: AddressQuery, response: AddressView,
    problems: ['invalid-address'],
  },
  linkAddresses: {
    method: 'POST', path: '/v1/contacts/link', role: 'agent', tag: 'Contacts', status: 200,
    summary: 'Link the addresses of one person, so that a hit on one holds them all', body: LinkRequest, response: Contact,
    problems: ['invalid-address'],
  },
  unlinkAddresses: {
    method: 'POST', path: '/v1/contacts/unlink', role: 'manager', tag: 'Contacts', status: 200,
    summary: 'Take addresses out of a contact they were linked to by mistake', body: UnlinkRequest, response: Contact,
    problems: ['invalid-address'],
  },
  listLists: {
    method: 'GET', path: '/v1/lists', role: 'viewer', tag: 'Lists', status: 200,
    summary: 'The opt-out lists', query: ListListsQuery, response: ListPage,
  },
  createList: {
    method: 'POST', path: '/v1/lists', role: 'admin', tag: 'Lists', status: 201,
    summary: 'Create an opt-out list', body: CreateListRequest, response: List, problems: ['conflict'],
  },
  getList: { method: 'GET', path: '/v1/lists/:id', role: 'viewer', tag: 'Lists', status: 200, summary: 'One opt-out list', parameters: listId, response: List },
  updateList: {
    method: 'PATCH', path: '/v1/lists/:id', role: 'admin', tag: 'Lists', status: 200,
    summary: 'Change an opt-out list: name, keyword, languages, messages', parameters: listId, body: UpdateListRequest, response: List, problems: ['conflict'],
  },
  deleteList: {
    method: 'DELETE', path: '/v1/lists/:id', role: 'admin', tag: 'Lists', status: 200,
    summary: 'Delete an opt-out list; one with members only with word of where they go', parameters: listId, body: Nullable(DeleteListRequest), response: List,
    problems: ['list-protected', 'list-not-empty', 'unknown-list'],
  },
  listRules: {
    method: 'GET', path: '/v1/rules', role: 'viewer', tag: 'Rules', status: 200,
    summary: 'What keywords and buttons do', query: ListRulesQuery, response: RulePage,
  },
  createRule: {
    method: 'POST', path: '/v1/rules', role: 'admin', tag: 'Rules', status: 201,
    summary: 'Add a keyword or button, for messages to come', body: CreateRuleRequest, response: Rule, problems: ['conflict', 'unknown-list', 'not-found'],
  },
  previewRule: {
    method: 'POST', path: '/v1/rules/preview', role: 'manager', tag: 'Rules', changesNothing: true, status: 200,
    summary: 'Count the recent messages that a rule would have matched', body: PreviewRuleRequest, response: RulePreview,
  },
  getRule: { method: 'GET', path: '/v1/rules/:id', role: 'viewer', tag: 'Rules', status: 200, summary: 'One rule', parameters: ruleId, response: Rule },
  updateRule: {
    method: 'PATCH', path: '/v1/rules/:id', role: 'admin', tag: 'Rules', status: 200,
    summary: 'Change what a rule does', parameters: ruleId, body: UpdateRuleRequest, response: Rule, problems: ['conflict', 'unknown-list'],
  },
  deleteRule: { method: 'DELETE', path: '/v1/rules/:id', role: 'admin', tag: 'Rules', status: 200, summary: 'Delete a rule', parameters: ruleId, response: Rule },
  backfillRule: {
    method: 'POST', path: '/v1/rules/:id/backfill', role: 'admin', tag: 'Rules', status: 200,
    summary: 'Apply a rule to recent messages that came before it', parameters: ruleId, body: BackfillRuleRequest, response: RuleBackfill,
  },
  listTemplates: {
    method: 'GET', path: '/v1/templates', role: 'viewer', tag: 'Templates', status: 200,
    summary: 'Message templates and their buttons, to pick rules from', query: ListTemplatesQuery, response: TemplatePage,
  },
  createTemplate: {
    method: 'POST', path: '/v1/templates', role: 'admin', tag: 'Templates', status: 201,
    summary: 'Register a message template with its quick-reply buttons', body: CreateTemplateRequest, response: Template, problems: ['conflict'],
  },
  getTemplate: { method: 'GET', path: '/v1/templates/:id', role: 'viewer', tag: 'Templates', status: 200, summary: 'One template', parameters: templateId, response: Template },
  updateTemplate: {
    method: 'PATCH', path: '/v1/templates/:id', role: 'admin', tag: 'Templates', status: 200,
    summary: 'Change a template', parameters: templateId, body: UpdateTemplateRequest, response: Template, problems: ['conflict'],
  },
  deleteTemplate: {
    method: 'DELETE', path: '/v1/templates/:id', role: 'admin', tag: 'Templates', status: 200,
    summary: 'Delete a template; rules picked from it stay', parameters: templateId, response: Template,
  },
  handleInbound: {
    method: 'POST', path: '/v1/inbound', role: 'agent', tag: 'Inbound', bulk: true, status: 200,
    summary: 'Handle a message that somebody sent: opt out, opt in, hold, or let it pass', body: InboundRequest, response: InboundResponse,
    problems: ['invalid-address', 'store-unavailable', 'storage-full'],
  },
  receiveFromProvider: {
    method: 'POST', path: '/v1/inbound/:provider', role: 'agent', tag: 'Inbound', bodyBytes: limits.providerBodyBytes, status: 200,
    summary: 'What a provider sent to a flow, as it came: messages, bounces, complaints, unsubscribes, changed numbers', parameters: ProviderParameter, body: ProviderBody, response: ProviderAnswer,
    problems: ['storage-full'],
  },
  listConnections: {
    method: 'GET', path: '/v1/connections', role: 'admin', tag: 'Connections', status: 200,
    summary: 'The providers that call the service by themselves', query: ListConnectionsQuery, response: ConnectionPage,
  },
  createConnection: {
    method: 'POST', path: '/v1/connections', role: 'admin', tag: 'Connections', status: 201,
    summary: 'Connect a provider; its webhooks go to the url of the answer', body: CreateConnectionRequest, response: Connection, problems: ['conflict', 'unknown-list', 'unknown-sender'],
  },
  deleteConnection: {
    method: 'DELETE', path: '/v1/connections/:id', role: 'admin', tag: 'Connections', status: 200,
    summary: 'Disconnect a provider at once', parameters: Id('cnn_[0-9a-z]{1,20}'), response: Connection,
  },
  listReviews: {
    method: 'GET', path: '/v1/reviews', role: 'viewer', tag: 'Reviews', status: 200,
    summary: 'Messages that may be opt-outs, whose senders are held meanwhile', query: ListReviewsQuery, response: ReviewPage,
  },
  getReview: { method: 'GET', path: '/v1/reviews/:id', role: 'viewer', tag: 'Reviews', status: 200, summary: 'One review', parameters: reviewId, response: Review },
  approveReview: {
    method: 'POST', path: '/v1/reviews/:id/approve', role: 'agent', tag: 'Reviews', status: 200,
    summary: 'It is an opt-out', parameters: reviewId, body: DecideReviewRequest, response: Review, problems: ['conflict'],
  },
  dismissReview: {
    method: 'POST', path: '/v1/reviews/:id/dismiss', role: 'manager', tag: 'Reviews', status: 200,
    summary: 'It is none: lift the hold', parameters: reviewId, body: DecideReviewRequest, response: Review, problems: ['conflict'],
  },
  createLinks: {
    method: 'POST', path: '/v1/links', role: 'agent', tag: 'Unsubscribe links', bulk: true, answersSecret: true, status: 200,
    summary: 'Make unsubscribe links; the same recipient, list, channel and sender always get the same one', body: CreateLinksRequest, response: CreateLinksResponse,
    problems: ['unknown-list', 'unknown-sender', 'storage-full'],
  },
  listSenders: {
    method: 'GET', path: '/v1/senders', role: 'viewer', tag: 'Senders', status: 200,
    summary: 'The connected senders', query: ListSendersQuery, response: SenderPage,
  },
  createSender: {
    method: 'POST', path: '/v1/senders', role: 'admin', tag: 'Senders', status: 201,
    summary: 'Register a sender', body: CreateSenderRequest, response: Sender, problems: ['conflict'],
  },
  getSender: { method: 'GET', path: '/v1/senders/:id', role: 'viewer', tag: 'Senders', status: 200, summary: 'One sender', parameters: senderId, response: Sender },
  updateSender: {
    method: 'PATCH', path: '/v1/senders/:id', role: 'admin', tag: 'Senders', status: 200,
    summary: 'Rename a sender', parameters: senderId, body: UpdateSenderRequest, response: Sender, problems: ['conflict'],
  },
  deleteSender: {
    method: 'DELETE', path: '/v1/senders/:id', role: 'admin', tag: 'Senders', status: 200,
    summary: 'Delete a sender without entries', parameters: senderId, response: Sender, problems: ['sender-in-use'],
  },
  listChannels: {
    method: 'GET', path: '/v1/channels', role: 'viewer', tag: 'Channels', status: 200,
    summary: 'The channels to choose from', response: ChannelList,
  },
  listEvents: {
    method: 'GET', path: '/v1/events', role: 'viewer', tag: 'Events', status: 200,
    summary: 'What happened, oldest first', query: FeedQuery, response: FeedPage, problems: ['unknown-list', 'events-gone'],
  },
  streamEvents: {
    method: 'GET', path: '/v1/events/stream', role: 'viewer', tag: 'Events', status: 200,
    summary: 'What happens, as server-sent events that go on after Last-Event-ID', query: StreamQuery, response: Type.String(), contentType: 'text/event-stream; charset=utf-8',
    problems: ['unknown-list', 'events-gone'],
  },
  listWebhooks: {
    method: 'GET', path: '/v1/webhooks', role: 'admin', tag: 'Webhooks', status: 200,
    summary: 'The places that are told of events', query: ListWebhooksQuery, response: WebhookPage,
  },
  createWebhook: {
    method: 'POST', path: '/v1/webhooks', role: 'admin', tag: 'Webhooks', answersSecret: true, status: 201,
    summary: 'Create a webhook; its secret is shown only here', body: CreateWebhookRequest, response: CreatedWebhook, problems: ['unknown-list', 'conflict'],
  },
  getWebhook: { method: 'GET', path: '/v1/webhooks/:id', role: 'admin', tag: 'Webhooks', status: 200, summary: 'One webhook', parameters: webhookId, response: Webhook },
  updateWebhook: {
    method: 'PATCH', path: '/v1/webhooks/:id', role: 'admin', tag: 'Webhooks', status: 200,
    summary: 'Change, disable or enable a webhook', parameters: webhookId, body: UpdateWebhookRequest, response: Webhook, problems: ['unknown-list'],
  },
  deleteWebhook: {
    method: 'DELETE', path: '/v1/webhooks/:id', role: 'admin', tag: 'Webhooks', status: 200,
    summary: 'Delete a webhook, and what is on its way to it', parameters: webhookId, response: Webhook,
  },
  rotateWebhookSecret: {
    method: 'POST', path: '/v1/webhooks/:id/rotate-secret', role: 'admin', tag: 'Webhooks', answersSecret: true, status: 200,
    summary: 'Give a webhook a new secret, shown only here; for a day the old one signs beside it', parameters: webhookId, response: RotatedSecret,
  },
  testWebhook: {
    method: 'POST', path: '/v1/webhooks/:id/test', role: 'admin', tag: 'Webhooks', status: 200,
    summary: 'Send a delivery of the type webhook.test', parameters: webhookId, response: Delivery,
  },
  listDeliveries: {
    method: 'GET', path: '/v1/webhooks/:id/deliveries', role: 'admin', tag: 'Webhooks', status: 200,
    summary: 'What went, or is on its way, to a webhook, newest first', parameters: webhookId, query: ListDeliveriesQuery, response: DeliveryPage,
  },
  replayWebhook: {
    method: 'POST', path: '/v1/webhooks/:id/replay', role: 'admin', tag: 'Webhooks', status: 200,
    summary: 'Send the events of a time again', parameters: webhookId, body: ReplayRequest, response: ReplayResponse,
  },
  listListDeliveries: {
    method: 'GET', path: '/v1/lists/:id/deliveries', role: 'admin', tag: 'Webhooks', status: 200,
    summary: 'What went, or is on its way, to the webhook URL of a list, newest first', parameters: listId, query: ListDeliveriesQuery, response: DeliveryPage,
  },
  replayList: {
    method: 'POST', path: '/v1/lists/:id/replay', role: 'admin', tag: 'Webhooks', status: 200,
    summary: 'Send the opt-outs of a time to the webhook URL of a list again', parameters: listId, body: ReplayRequest, response: ReplayResponse,
  },
  listKeys: {
    method: 'GET', path: '/v1/keys', role: 'admin', tag: 'Keys', status: 200,
    summary: 'The API keys, without their secrets', query: ListKeysQuery, response: KeyPage,
  },
  createKey: {
    method: 'POST', path: '/v1/keys', role: 'admin', tag: 'Keys', answersSecret: true, status: 201,
    summary: 'Create an API key; its secret is shown only here', body: CreateKeyRequest, response: CreatedKey,
  },
  revokeKey: {
    method: 'DELETE', path: '/v1/keys/:id', role: 'admin', tag: 'Keys', status: 200,
    summary: 'Revoke an API key at once', parameters: Id('key_[0-9a-z]{1,20}'), response: ApiKey,
  },
  getMe: { method: 'GET', path: '/v1/me', role: 'viewer', tag: 'Keys', status: 200, summary: 'Who the caller is', response: Me },
  getSettings: { method: 'GET', path: '/v1/settings', role: 'viewer', tag: 'Settings', status: 200, summary: 'What the workspace decided', response: Settings },
  updateSettings: {
    method: 'PATCH', path: '/v1/settings', role: 'admin', tag: 'Settings', status: 200,
    summary: 'Change what the workspace decided', body: UpdateSettingsRequest, response: Settings,
  },
  health: { method: 'GET', path: '/health', role: null, tag: 'Operations', status: 200, summary: 'Is the process alive?', response: Health },
  ready: { method: 'GET', path: '/ready', role: null, tag: 'Operations', status: 200, summary: 'Can it answer checks?', response: Health, problems: ['check-unavailable', 'stopping'] },
  metrics: {
    method: 'GET', path: '/metrics', role: 'viewer', tag: 'Operations', status: 200,
    summary: 'The figures of this server, for Prometheus', response: Type.String(), contentType: 'text/plain; version=0.0.4; charset=utf-8',
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
