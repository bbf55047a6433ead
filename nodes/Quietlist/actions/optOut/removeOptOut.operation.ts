import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { Person, RemoveOptOutOptions } from '@quietlist/client/types';
import type { Consent } from '@quietlist/contract/entry';
import { consentMethods, defaultListId, type ConsentMethod } from '@quietlist/contract/vocabulary';
import { addressOptionsOf, anyValue, channelsOf, choicesOf, defined, instantOf, noteOf, optionsOf, peopleOf, said, textOf } from '../../parameters.ts';
import type { Operation, Run } from '../../run.ts';
import { writeItems, type Order } from '../../writeItems.ts';
import {
  batchField, channelsField, contactField, defaultCountryField, digitsField, noteField, optionsField, otherAddressesField, removedPeople, requestedByField, senderField, wordOptions,
} from '../common/fields.ts';

const listsLabel = 'Opt-Out List Names or IDs';

const consentFields: INodeProperties[] = [
  {
    displayName: 'Consent Method',
    name: 'consentMethod',
    type: 'options',
    options: wordOptions(consentMethods),
    default: 'written',
    description: 'How the recipient agreed to be contacted again',
  },
  {
    displayName: 'Consent Statement',
    name: 'consentStatement',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. Yes, please send me the newsletter again',
    description: 'What was agreed to, in the words used',
  },
  {
    displayName: 'Consent Given At',
    name: 'consentGivenAt',
    type: 'dateTime',
    default: '',
    required: true,
    description: 'When the recipient agreed',
  },
  {
    displayName: 'Consent Recorded By',
    name: 'consentRecordedBy',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. Maria, Support',
    description: 'Who of your team recorded it',
  },
];

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

const consentOf = (run: Run, itemIndex: number): Consent => ({
  method: textOf<ConsentMethod>(run.read('consentMethod', itemIndex)) ?? 'other',
  statement: said(run, itemIndex, textOf(run.read('consentStatement', itemIndex)), 'Consent Statement'),
  at: said(run, itemIndex, instantOf(run, itemIndex, run.read('consentGivenAt', itemIndex), 'Consent Given At'), 'Consent Given At'),
  by: said(run, itemIndex, textOf(run.read('consentRecordedBy', itemIndex)), 'Consent Recorded By'),
});
