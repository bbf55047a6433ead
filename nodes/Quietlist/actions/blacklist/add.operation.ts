import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { BlacklistItem, WriteOptions } from '@quietlist/client/types';
import { directions, reasons, type Direction, type Reason } from '@quietlist/contract/vocabulary';
import { addressOptionsOf, booleanOf, channelsOrAny, defined, instantOf, noteOf, optionsOf, peopleOf, textOf } from '../../parameters.ts';
import type { Operation } from '../../run.ts';
import { writeItems, type Order } from '../../writeItems.ts';
import {
  batchField, channelsField, contactField, defaultCountryField, digitsField, expiresAtField, noteField, optionsField, otherAddressesField, senderField, severalPeople, wordOptions,
} from '../common/fields.ts';

const checkbox = 'Blacklist the Contact';

export const description = updateDisplayOptions({ show: { resource: ['blacklist'], operation: ['add'] } }, [
  {
    displayName: checkbox,
    name: 'blacklistContact',
    type: 'boolean',
    default: true,
    description: 'Whether to blacklist the contact. When off, the item passes through untouched.',
  },
  contactField(severalPeople),
  channelsField,
  optionsField([
    batchField,
    defaultCountryField,
    digitsField,
    {
      displayName: 'Direction',
      name: 'direction',
      type: 'options',
      options: wordOptions(directions),
      default: 'both',
      description: 'Whether the contact is kept from receiving, from sending, or from both',
    },
    expiresAtField,
    noteField,
    otherAddressesField,
    { displayName: 'Reason', name: 'reason', type: 'options', options: wordOptions(reasons), default: 'not_defined' },
    senderField,
  ]),
] satisfies INodeProperties[]);

type Scope = Pick<WriteOptions, 'batch' | 'addressOptions'> & { sender?: string };

export const execute: Operation = (run) => {
  const ordersOf = (itemIndex: number): Array<Order<Scope, BlacklistItem>> => {
    if (!booleanOf(run, itemIndex, 'blacklistContact', checkbox)) return [];
    const options = optionsOf(run, itemIndex);
    const sender = textOf(options.sender);
    const scope = defined({ sender, batch: textOf(options.batch), addressOptions: addressOptionsOf(options) });
    const fields = defined({
      sender,
      reason: textOf<Reason>(options.reason),
      direction: textOf<Direction>(options.direction),
      note: noteOf(options.note),
      expiresAt: instantOf(run, itemIndex, options.expiresAt, 'Expires At'),
    });
    return peopleOf(run, itemIndex, options).flatMap((contact) =>
      channelsOrAny(run.read('channels', itemIndex)).map((channel) => ({ scope, work: { person: contact, channel, ...fields }, about: { contact, channel } as IDataObject })),
    );
  };
  return writeItems(run, ordersOf, ({ sender: _, ...scope }, items, operation) => run.client.addToBlacklist(items, { ...scope, ...operation }));
};
