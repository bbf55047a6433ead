import { channels } from '@quietlist/contract/vocabulary';
import { pickInput } from './pick.ts';
import { text } from './text.ts';
import { choicesOf, nothing, ofMessage } from './typed-inputs.ts';

/** Several channels (A5); `none` tells what nothing chosen means. */
export const channelInput = ({ none = text('channels.any') } = {}): void =>
  pickInput('channels', {
    lookup: 'channels',
    multiple: true,
    before: [nothing(none), ofMessage()],
    known: choicesOf(channels),
  });

/** One channel; the first kind of place is the default. */
export const oneChannelInput = (before: TypedInputType[]): void =>
  pickInput('channel', { lookup: 'channels', multiple: false, before, known: choicesOf(channels) });

export const senderInput = ({ none = text('sender.any') } = {}): void =>
  pickInput('sender', { lookup: 'senders', multiple: false, before: [nothing(none)] });

/** One or many lists (B12); `none` tells what nothing chosen means, `all` offers every list at once. */
export const listInput = ({ none, all }: { none: string; all?: string }): void =>
  pickInput('lists', {
    lookup: 'lists',
    multiple: true,
    before: [nothing(none), ...(all ? [{ value: 'all', label: all, hasValue: false }] : [])],
  });

/** One list, from anywhere or, where no message is at hand, by its name. */
export const oneListInput = ({ none, after }: { none: string; after?: string[] }): void =>
  pickInput('list', { lookup: 'lists', multiple: false, before: [nothing(none)], ...(after ? { after } : {}) });
