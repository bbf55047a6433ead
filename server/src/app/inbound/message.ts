import type { AddressInput } from '@quietlist/contract/address';
import type { InboundRequest } from '@quietlist/contract/inbound';
import type { Evidence } from '@quietlist/contract/entry';
import { limits } from '@quietlist/contract/limits';
import { instantOf, instantText } from '../../domain/instant.ts';
import { keptMessageText } from '../../domain/message-text.ts';
import { readPerson, type Person } from '../../domain/person.ts';
import type { Caller } from '../context.ts';
import { Problem } from '../problem.ts';
import { readingOptionsOf } from '../reading-options.ts';
import type { References } from '../references.ts';

/** An inbound message as it was read: whose it is and where it came in. */
export interface Inbound {
  request: InboundRequest;
  inputs: readonly AddressInput[];
  person: Person;
  /** Every key under which this person may be listed. The first one names the person where one name is needed. */
  keys: readonly [string, ...string[]];
  /** Where one would answer. */
  address: string;
  /** Id, or null: any. */
  sender: string | null;
  /** When it came in, in milliseconds; never in the future. */
  at: number;
  now: number;
}

/**
 * Reads whose message it is. Only a message from nobody is refused: an address that cannot be read may be that of somebody who opts out,
 * and a sender that is not known, or of another channel, is taken for any sender.
 */
export function readInbound(request: InboundRequest, caller: Caller, references: References, now: number): Inbound {
  if ((request.address === undefined) === (request.addresses === undefined)) {
    throw new Problem('invalid-request', 'Give the address that the message came from, or all addresses of its sender, and not both.', [{ pointer: '/address', message: 'One of the two.' }]);
  }
  const inputs = request.addresses ?? [request.address as AddressInput];
  const person = readPerson(inputs, readingOptionsOf(caller.workspace.settings, request.addressOptions, request.channel));
  const unreadable = person.unreadable.filter(({ text }) => text !== '');
  const [first, ...others] = [...person.addresses.map(({ key }) => key), ...unreadable.map(({ key }) => key), ...person.textKeys];
  if (first === undefined) throw new Problem('invalid-address', 'The message comes from nobody: its address is empty.', [{ pointer: '/address', message: 'Empty.' }]);
  const at = request.receivedAt === undefined ? now : (instantOf(request.receivedAt) ?? now);
  return {
    request,
    inputs,
    person,
    keys: [first, ...others],
    address: person.addresses[0]?.address ?? unreadable[0]?.text ?? '',
    sender: references.knownSender(request.sender ?? null, request.channel),
    at: Math.min(at, now),
    now,
  };
}

/** What an entry keeps of the message that made it: the words themselves, and where they came in. */
export function evidenceOf({ request, at }: Inbound, more: Evidence): Evidence {
  const own: Evidence = {
    ...(request.text === undefined ? {} : { text: keptMessageText(request.text, limits.evidenceValueLength) }),
    ...(request.button ? { button: keptMessageText(request.button.text ?? request.button.payload ?? '', limits.evidenceValueLength) } : {}),
    ...(request.messageId === undefined ? {} : { messageId: request.messageId }),
    messageChannel: request.channel,
    ...(request.receivedAt === undefined ? {} : { eventAt: instantText(at) }),
    ...(request.sender ? { messageSender: request.sender } : {}),
    ...more,
  };
  const theirs = Object.entries(request.evidence ?? {}).filter(([name]) => !Object.hasOwn(own, name));
  return { ...Object.fromEntries(theirs.slice(0, limits.evidenceFields - Object.keys(own).length)), ...own };
}
