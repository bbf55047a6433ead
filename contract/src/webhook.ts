import { Type, type Static } from 'typebox';
import { limits } from './limits.ts';
import { Page, pageQuery } from './page.ts';
import { ListReference } from './scope.ts';
import { Instant, Nullable, Text } from './text.ts';
import { HttpUrl } from './url.ts';
import { deliveryStatuses, feedTypes, webhookStatuses, wordsOf } from './vocabulary.ts';

const description = Text(limits.descriptionLength);
const types = Type.Array(Type.Enum(wordsOf(feedTypes)), { maxItems: wordsOf(feedTypes).length, uniqueItems: true, description: 'None: all.' });
const lists = Type.Array(ListReference, { maxItems: limits.listsPerRequest, description: 'Only opt-outs of these lists; other events are sent whatever the list. None: all.' });

/** What a test is sent as: no event has this type, so that nobody takes it for one. */
export const testEventType = 'webhook.test';

/** A place that is told of events, signed as Standard Webhooks has it. */
export const Webhook = Type.Object(
  {
    id: Type.String(),
    url: Type.String(),
    description: Type.String(),
    types: Type.Array(Type.Enum(wordsOf(feedTypes))),
    lists: Type.Array(Type.String()),
    status: Type.Enum(wordsOf(webhookStatuses)),
    disabledReason: Nullable(Type.String({ description: 'Why it was disabled by the service: `gone` (410) or `failing` (nothing but failures for five days).' })),
    failingSince: Nullable(Type.String()),
    createdAt: Type.String(),
  },
  { additionalProperties: false },
);
export type Webhook = Static<typeof Webhook>;

export const CreateWebhookRequest = Type.Object(
  { url: HttpUrl(), description: Type.Optional(description), types: Type.Optional(types), lists: Type.Optional(lists) },
  { additionalProperties: false },
);
export type CreateWebhookRequest = Static<typeof CreateWebhookRequest>;

/** The only answers that carry a secret (`whsec_…`): of a new webhook, and of one whose secret was rotated. */
export const CreatedWebhook = Type.Object({ ...Webhook.properties, secret: Type.String() }, { additionalProperties: false });
export type CreatedWebhook = Static<typeof CreatedWebhook>;

export const UpdateWebhookRequest = Type.Object(
  {
    url: Type.Optional(HttpUrl()),
    description: Type.Optional(description),
    types: Type.Optional(types),
    lists: Type.Optional(lists),
    status: Type.Optional(Type.Enum(wordsOf(webhookStatuses))),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type UpdateWebhookRequest = Static<typeof UpdateWebhookRequest>;

/** Until `previousSecretUntil` deliveries carry a signature of either secret. */
export const RotatedSecret = Type.Object({ id: Type.String(), secret: Type.String(), previousSecretUntil: Type.String() }, { additionalProperties: false });
export type RotatedSecret = Static<typeof RotatedSecret>;

export const ListWebhooksQuery = Type.Object({ ...pageQuery }, { additionalProperties: false });
export const WebhookPage = Page(Webhook);
export type WebhookPage = Static<typeof WebhookPage>;

/** One event on its way to one webhook. `webhook` is null for the webhook URL of a list. */
export const Delivery = Type.Object(
  {
    id: Type.String({ description: 'The `webhook-id` header, the same on every try.' }),
    webhook: Nullable(Type.String()),
    list: Nullable(Type.String()),
    event: Type.String(),
    type: Type.Enum([...wordsOf(feedTypes), testEventType]),
    status: Type.Enum(wordsOf(deliveryStatuses)),
    attempts: Type.Integer({ minimum: 0 }),
    nextAttemptAt: Nullable(Type.String()),
    lastStatus: Nullable(Type.Integer({ description: 'HTTP status of the last try.' })),
    lastError: Nullable(Type.String({ description: 'Why the last try failed, where there was no HTTP status; or why there was none: `webhook_disabled`, `url_changed`.' })),
    createdAt: Type.String({ description: 'When the event happened.' }),
    deliveredAt: Nullable(Type.String()),
  },
  { additionalProperties: false },
);
export type Delivery = Static<typeof Delivery>;

export const ListDeliveriesQuery = Type.Object({ ...pageQuery, status: Type.Optional(Type.Enum(wordsOf(deliveryStatuses))) }, { additionalProperties: false });
export const DeliveryPage = Page(Delivery);
export type DeliveryPage = Static<typeof DeliveryPage>;

/** Sends events again that are still kept, whether they were delivered or not. */
export const ReplayRequest = Type.Object(
  { since: Instant(), until: Type.Optional(Instant()), onlyFailed: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);
export type ReplayRequest = Static<typeof ReplayRequest>;
export const ReplayResponse = Type.Object({ replayed: Type.Integer({ minimum: 0 }) }, { additionalProperties: false });
export type ReplayResponse = Static<typeof ReplayResponse>;
