import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { Person, RemoveOptOutOptions } from '@quietlist/client/types';
import { defaultListId } from '@quietlist/contract/vocabulary';
import { addressOptionsOf, anyValue, channelsOf, choicesOf, defined, noteOf, optionsOf, peopleOf, said, textOf } from '../../parameters.ts';
import type { Operation } from '../../run.ts';
import { writeItems, type Order } from '../../writeItems.ts';
import { consentFields, consentOf } from '../common/consent.ts';
import {
  batchField, channelsField, contactField, defaultCountryField, digitsField, noteField, optionsField, otherAddressesField, removedPeople, requestedByField, senderField,
} from '../common/fields.ts';

const listsLabel = 'Opt-Out List Names or IDs';

export const description = updateDisplayOptions({ show: { resource: ['optOut'], operation: ['removeOptOut'] } }, [
  contactField(removedPeople),
  {
    displayName: listsLabel,
    name: 'lists',
    type: 'multiOptions',
    typeOptions: { loadOptionsMethod: 'getListsOrAny' },
    default: [defaultListId],
    description: 'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
  channelsField,
  { ...requestedByField('Who wants the contact to be contacted again. Anybody but the recipient needs the recipient’s consent.'), default: 'operator' },
  ...updateDisplayOptions({ show: { requestedBy: ['operator'] } }, consentFields),
  optionsField([batchField, defaultCountryField, digitsField, noteField, otherAddressesField, senderField]),
] satisfies INodeProperties[]);

export const execute: Operation = (run) => {
  const ordersOf = (itemIndex: number): Array<Order<RemoveOptOutOptions, Person>> => {
    const options = optionsOf(run, itemIndex);
    const lists = said(run, itemIndex, choicesOf(run.read('lists', itemIndex)), listsLabel);
    const channels = said(run, itemIndex, channelsOf(run.read('channels', itemIndex)), channelsField.displayName);
    const by = textOf<'recipient' | 'operator'>(run.read('requestedBy', itemIndex));
    const around = defined({
      lists,
      by,
      consent: by === 'operator' ? consentOf(run, itemIndex) : undefined,
      sender: textOf(options.sender),
      note: noteOf(options.note),
      batch: textOf(options.batch),
      addressOptions: addressOptionsOf(options),
    });
    return peopleOf(run, itemIndex, options).flatMap((contact) =>
      // “Any channel” of a removal is whichever channel the entries have.
      channels.map((channel) => ({
        scope: { ...around, ...(channel ? { channel } : {}) },
        work: contact,
        about: { contact, channel, lists: lists.includes(anyValue) ? null : lists } as IDataObject,
      })),
    );
  };
  return writeItems(run, ordersOf, (scope, people, operation) => run.client.removeOptOut(people, { ...scope, ...operation }));
};
