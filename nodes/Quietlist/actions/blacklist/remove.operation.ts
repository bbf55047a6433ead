import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { Person, RemoveOptions } from '@quietlist/client/types';
import { addressOptionsOf, booleanOf, channelsOf, defined, noteOf, optionsOf, peopleOf, said, textOf } from '../../parameters.ts';
import type { Operation } from '../../run.ts';
import { writeItems, type Order } from '../../writeItems.ts';
import {
  batchField, channelsField, contactField, defaultCountryField, digitsField, noteField, optionsField, otherAddressesField, removedPeople, senderField,
} from '../common/fields.ts';

const checkbox = 'Remove the Contact From the Blacklist';

export const description = updateDisplayOptions({ show: { resource: ['blacklist'], operation: ['remove'] } }, [
  {
    displayName: checkbox,
    name: 'removeContact',
    type: 'boolean',
    default: true,
    description: 'Whether to remove the contact from the blacklist. When off, the item passes through untouched.',
  },
  contactField(removedPeople),
  channelsField,
  optionsField([batchField, defaultCountryField, digitsField, noteField, otherAddressesField, senderField]),
] satisfies INodeProperties[]);

export const execute: Operation = (run) => {
  const ordersOf = (itemIndex: number): Array<Order<RemoveOptions, Person>> => {
    if (!booleanOf(run, itemIndex, 'removeContact', checkbox)) return [];
    const options = optionsOf(run, itemIndex);
    const around = defined({
      sender: textOf(options.sender),
      note: noteOf(options.note),
      batch: textOf(options.batch),
      addressOptions: addressOptionsOf(options),
    });
    const channels = said(run, itemIndex, channelsOf(run.read('channels', itemIndex)), channelsField.displayName);
    return peopleOf(run, itemIndex, options).flatMap((contact) =>
      // “Any channel” of a removal is whichever channel the entries have.
      channels.map((channel) => ({ scope: { ...around, ...(channel ? { channel } : {}) }, work: contact, about: { contact, channel } as IDataObject })),
    );
  };
  return writeItems(run, ordersOf, (scope, people, operation) => run.client.removeFromBlacklist(people, { ...scope, ...operation }));
};
