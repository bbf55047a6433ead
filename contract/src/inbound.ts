import { Type, type Static } from 'typebox';
import { AddressInput, AddressOptions } from './address.ts';
import { Evidence } from './entry.ts';
import { limits } from './limits.ts';
import { Channel, SenderReference } from './scope.ts';
import { Instant, NonEmptyText, Nullable } from './text.ts';
import { checkPurposes, inboundActions, inboundMatches, wordsOf } from './vocabulary.ts';

/**
 * Text as a person sent it: any characters on any number of lines. What no store takes is replaced when it is kept; a message is never
 * refused for its characters, since it may say STOP.
 */
const MessageText = Type.String({ maxLength: limits.inboundTextLength });

/** The tap of a button: compared exactly, payload first (C7). */
export const InboundButton = Type.Object(
  { text: Type.Optional(MessageText), payload: Type.Optional(MessageText) },
  { additionalProperties: false, minProperties: 1 },
);

/** One message that somebody sent us, whatever the channel. */
export const InboundRequest = Type.Object(
  {
    address: Type.Optional(AddressInput),
    addresses: Type.Optional(Type.Array(AddressInput, { minItems: 1, maxItems: limits.addressesPerItem, description: 'All addresses that the message came with: all are written, and linked.' })),
    channel: Channel,
    sender: Type.Optional(Nullable(SenderReference)),
    text: Type.Optional(MessageText),
    button: Type.Optional(InboundButton),
    inReplyTo: Type.Optional(
      Type.Object({ purpose: Type.Optional(Type.Enum(wordsOf(checkPurposes))) }, { additionalProperties: false, description: 'The message of ours that this one answers, where that is known.' }),
    ),
    inFlow: Type.Optional(Type.Boolean({ description: 'Whether the person is in a dialogue in which words such as “cancel” and “end” mean something else.' })),
    messageId: Type.Optional(NonEmptyText(limits.messageIdLength, 'The provider’s id. The same message again answers what it answered first, without a reply.')),
    receivedAt: Type.Optional(Instant('When the provider took the message. Default: now.')),
    evidence: Type.Optional(Evidence),
    addressOptions: Type.Optional(AddressOptions),
    dryRun: Type.Optional(Type.Boolean({ description: 'Say what would happen; nothing changes, and nothing is remembered.' })),
  },
  { additionalProperties: false },
);
export type InboundRequest = Static<typeof InboundRequest>;

/** What to tell the person: one confirmation, within minutes (47 CFR 64.1200(a)(12)), and never twice a day for the same list. */
export const InboundReply = Type.Object(
  { text: Type.String(), list: Nullable(Type.String()), sendBefore: Type.String() },
  { additionalProperties: false },
);
export type InboundReply = Static<typeof InboundReply>;

export const InboundResponse = Type.Object(
  {
    action: Type.Enum(wordsOf(inboundActions)),
    handled: Type.Boolean({ description: 'False only for `none`: the flow goes on with the message.' }),
    entries: Type.Array(Type.String(), { description: 'Ids of the entries that were added, widened or removed, or that hold already.' }),
    reply: Nullable(InboundReply),
    review: Nullable(Type.String({ description: 'The review that a person has to decide.' })),
    matched: Nullable(
      Type.Object(
        { by: Type.Enum(wordsOf(inboundMatches)), text: Type.String(), rule: Nullable(Type.String()), language: Nullable(Type.String()) },
        { additionalProperties: false },
      ),
    ),
    explanation: Type.String(),
    unverified: Type.Boolean({ description: 'The address could not be read: nobody knows whose message this is. An opt-out was kept as it was received.' }),
    wasSeen: Type.Boolean({ description: 'The same message was handled before; this is what it answered, without the reply.' }),
    dryRun: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type InboundResponse = Static<typeof InboundResponse>;
