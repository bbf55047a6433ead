import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { OptOutItem, WriteOptions } from '@quietlist/client/types';
import { defaultListId, purposes, reasons, sources, type Purpose, type Reason, type Source } from '@quietlist/contract/vocabulary';
import { addressOptionsOf, channelsOrAny, choicesOf, defined, instantOf, noteOf, optionsOf, peopleOf, textOf } from '../../parameters.ts';
import type { Operation } from '../../run.ts';
import { writeItems, type Order } from '../../writeItems.ts';
import {
  batchField, channelsField, contactField, defaultCountryField, digitsField, expiresAtField, noteField, optionsField, otherAddressesField, requestedByField, senderField, severalPeople, wordOptions,
} from '../common/fields.ts';

export const description = updateDisplayOptions({ show: { resource: ['optOut'], operation: ['optOut'] } }, [
  contactField(severalPeople),
  {
    displayName: 'Opt-Out List Names or IDs',
    name: 'lists',
    type: 'multiOptions',
    typeOptions: { loadOptionsMethod: 'getLists' },
    default: [defaultListId],
    description: 'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
  channelsField,
  requestedByField('Whose will the opt-out is. Of a recipient, only the recipient or their consent lifts it.'),
  optionsField([
    batchField,
    defaultCountryField,
    digitsField,
    { ...expiresAtField, description: 'When the opt-out stops to hold. One that the recipient asked for never does.' },
    noteField,
    otherAddressesField,
    {
      displayName: 'Purpose',
      name: 'purpose',
      type: 'options',
      options: wordOptions(purposes),
      default: 'marketing',
      description: 'What the contact no longer receives',
    },
    { displayName: 'Reason', name: 'reason', type: 'options', options: wordOptions(reasons), default: 'opt_out' },
    senderField,
    {
      displayName: 'Source',
      name: 'source',
      type: 'options',
      options: wordOptions(sources),
      default: 'provider',
      description: 'Where the opt-out came from. Without it, a workflow.',
    },
  ]),
] satisfies INodeProperties[]);

type Scope = Pick<WriteOptions, 'batch' | 'addressOptions'> & { sender?: string; list?: string };

export const execute: Operation = (run) => {
  const ordersOf = (itemIndex: number): Array<Order<Scope, OptOutItem>> => {
    const options = optionsOf(run, itemIndex);
    const sender = textOf(options.sender);
    const around = defined({ sender, batch: textOf(options.batch), addressOptions: addressOptionsOf(options) });
    const fields = defined({
      sender,
      by: textOf<'recipient' | 'operator'>(run.read('requestedBy', itemIndex)),
      purpose: textOf<Purpose>(options.purpose),
      reason: textOf<Reason>(options.reason),
      source: textOf<Source>(options.source),
      note: noteOf(options.note),
      expiresAt: instantOf(run, itemIndex, options.expiresAt, 'Expires At'),
    });
    // An opt-out without a list goes to the default one: better there than nowhere.
    const chosenLists = choicesOf(run.read('lists', itemIndex));
    const lists = chosenLists.length > 0 ? chosenLists : [defaultListId];
    const channels = channelsOrAny(run.read('channels', itemIndex));
    return peopleOf(run, itemIndex, options).flatMap((contact) =>
      lists.flatMap((list) =>
        channels.map((channel) => ({
          scope: { ...around, list },
          work: { person: contact, channel, list, ...fields },
          about: { contact, channel, list } as IDataObject,
        })),
      ),
    );
  };
  return writeItems(run, ordersOf, ({ sender: _, list: __, ...scope }, items, operation) => run.client.optOut(items, { ...scope, ...operation }));
};
