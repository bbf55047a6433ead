import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import type { AddressInput } from '@quietlist/contract/address';
import { defaultListId } from '@quietlist/contract/vocabulary';
import { linkItems } from '../../linkItems.ts';
import { addressOptionsOf, anyValue, channelsOf, contactsOf, defined, optionsOf, parameterError, textOf } from '../../parameters.ts';
import type { Operation, Run } from '../../run.ts';
import { contactField, defaultCountryField, digitsField, optionsField, senderField } from '../common/fields.ts';

export const description = updateDisplayOptions({ show: { resource: ['unsubscribeLink'], operation: ['create'] } }, [
  contactField('Whom the message goes to: one email address, phone number with country code or channel handle'),
  {
    displayName: 'Opt-Out List Name or ID',
    name: 'list',
    type: 'options',
    typeOptions: { loadOptionsMethod: 'getLists' },
    default: defaultListId,
    description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
  {
    displayName: 'Channel Name or ID',
    name: 'channel',
    type: 'options',
    typeOptions: { loadOptionsMethod: 'getChannels' },
    default: anyValue,
    description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
  optionsField([
    defaultCountryField,
    digitsField,
    {
      displayName: 'Mailto',
      name: 'mailto',
      type: 'string',
      default: '',
      placeholder: 'e.g. unsubscribe@example.com',
      description: 'An address of yours that takes unsubscribe requests by mail, named in the List-Unsubscribe header as well',
    },
    senderField,
  ]),
] satisfies INodeProperties[]);

export const execute: Operation = (run) =>
  linkItems(run, (itemIndex) => {
    const options = optionsOf(run, itemIndex);
    const [channel] = channelsOf(run.read('channel', itemIndex));
    return {
      scope: defined({ mailto: textOf(options.mailto), addressOptions: addressOptionsOf(options) }),
      link: {
        person: oneContact(run, itemIndex),
        ...defined({ list: textOf(run.read('list', itemIndex)), channel: channel ?? undefined, sender: textOf(options.sender) }),
      },
    };
  });

/** A link is personal: of two people in one field nobody could say which one it opts out. */
const oneContact = (run: Run, itemIndex: number): AddressInput => {
  const contacts = contactsOf(run.read('contact', itemIndex));
  if (contacts.length === 1) return contacts[0]!;
  throw parameterError(run, itemIndex, '“Contact” names several people, and an unsubscribe link is for one', 'Give each of them an item of their own.');
};
