import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { origins } from '@quietlist/contract/vocabulary';
import { anyValue } from '../../parameters.ts';

/** A word list of the contract as the options of a field, in alphabetical order. */
export const wordOptions = (words: Readonly<Record<string, string>>): INodePropertyOptions[] =>
  Object.entries(words)
    .map(([value, name]) => ({ name, value }))
    .sort((a, b) => a.name.localeCompare(b.name));

export const contactField = (description: string): INodeProperties => ({
  displayName: 'Contact',
  name: 'contact',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. +14155550100, ada@example.com',
  description,
});

export const severalPeople = 'Phone number with country code, email address or channel handle. Separate several people with commas: each gets an entry of their own.';

export const removedPeople = 'Phone number with country code, email address or channel handle. Separate several people with commas.';

export const requestedByField = (description: string): INodeProperties => ({
  displayName: 'Requested By',
  name: 'requestedBy',
  type: 'options',
  options: wordOptions({ recipient: origins.recipient, operator: origins.operator }),
  default: 'recipient',
  description,
});

export const channelsField: INodeProperties = {
  displayName: 'Channel Names or IDs',
  name: 'channels',
  type: 'multiOptions',
  typeOptions: { loadOptionsMethod: 'getChannels' },
  default: [anyValue],
  description: 'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

export const senderField: INodeProperties = {
  displayName: 'Sender Name or ID',
  name: 'sender',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'getSenders' },
  default: '',
  description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

export const digitsField: INodeProperties = {
  displayName: 'Address Options: Digits',
  name: 'digits',
  type: 'options',
  options: [
    { name: 'With Country Code', value: 'international' },
    { name: 'National Numbers of the Default Country', value: 'national' },
  ],
  default: 'international',
  description: 'How phone numbers without a plus are read. They are never guessed.',
};

export const defaultCountryField: INodeProperties = {
  displayName: 'Address Options: Default Country',
  name: 'defaultCountry',
  type: 'string',
  default: '',
  placeholder: 'e.g. BR',
  description: 'Two-letter country of numbers in national form',
};

export const otherAddressesField: INodeProperties = {
  displayName: 'Other Addresses',
  name: 'otherAddresses',
  type: 'string',
  default: '',
  placeholder: 'e.g. ada@example.com, US.13491208655302741918',
  description: 'More addresses of the same person, separated by commas. A hit on one of them holds all.',
};

export const noteField: INodeProperties = {
  displayName: 'Note',
  name: 'note',
  type: 'string',
  default: '',
  description: 'For people to read; never changes what is held',
};

export const batchField: INodeProperties = {
  displayName: 'Batch',
  name: 'batch',
  type: 'string',
  default: '',
  placeholder: 'e.g. spring-cleanup',
  description: 'Name that writes made together carry',
};

export const expiresAtField: INodeProperties = {
  displayName: 'Expires At',
  name: 'expiresAt',
  type: 'dateTime',
  default: '',
  description: 'When the entry stops to hold. Without it, never.',
};

export const optionsField = (options: INodeProperties[]): INodeProperties => ({
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});
