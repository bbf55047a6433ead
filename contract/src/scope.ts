import { Type } from 'typebox';
import { limits } from './limits.ts';
import { NonEmptyText } from './text.ts';
import { channelPattern } from './vocabulary.ts';

/** A channel: one that everybody has, or a slug of one's own. */
export const Channel = Type.String({ pattern: channelPattern, examples: ['whatsapp'], description: 'A channel, e.g. whatsapp, sms, email or a slug of your own.' });

/** A list by id, or by its exact name. */
export const ListReference = NonEmptyText(limits.nameLength, 'A list id, or the exact name of a list.');

/** A sender by id, or by its exact name. */
export const SenderReference = NonEmptyText(limits.senderNameLength, 'A sender id, or the exact name of a sender.');
