import { channels } from '@quietlist/contract/vocabulary';
import { pickInput } from './pick.ts';
import { text } from './text.ts';
import { nothing, ofMessage } from './typed-inputs.ts';

/** Several channels (A5); `none` tells what nothing chosen means. */
export const channelInput = ({ none = text('channels.any') } = {}): void =>
  pickInput('channels', {
    lookup: 'channels',
    multiple: true,
    before: [nothing(none), ofMessage()],
    known: Object.entries(channels).map(([value, label]) => ({ value, label })),
  });

export const senderInput = ({ none = text('sender.any') } = {}): void =>
  pickInput('sender', { lookup: 'senders', multiple: false, before: [nothing(none)] });

/** One or many lists (B12); `none` tells what nothing chosen means, `all` offers every list at once. */
export const listInput = ({ none, all }: { none: string; all?: string }): void =>
  pickInput('lists', {
    lookup: 'lists',
    multiple: true,
    before: [nothing(none), ...(all ? [{ value: 'all', label: all, hasValue: false }] : [])],
  });
