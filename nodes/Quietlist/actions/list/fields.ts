import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { UpdateListRequest } from '@quietlist/contract/list';
import { languages } from '@quietlist/contract/languages';
import { choicesOf, textOf } from '../../parameters.ts';
import { wordOptions } from '../common/fields.ts';

export const nameField: INodeProperties = { displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Promotions' };

export const listField: INodeProperties = {
  displayName: 'List Name or ID',
  name: 'list',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'getLists' },
  default: '',
  required: true,
  description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** What a list has besides its name (B5). */
export const detailFields: INodeProperties[] = [
  {
    displayName: 'Confirmation Message',
    name: 'confirmationMessage',
    type: 'string',
    default: '',
    placeholder: 'e.g. You will receive no more offers. Reply START to get them again.',
    description: 'What a person who opted out by a message is told, once',
  },
  { displayName: 'Description', name: 'description', type: 'string', default: '' },
  {
    displayName: 'Keyword',
    name: 'keyword',
    type: 'string',
    default: '',
    placeholder: 'e.g. STOP OFFERS',
    description: 'Whoever writes this and nothing else opts out of the list',
  },
  {
    displayName: 'Languages',
    name: 'languages',
    type: 'multiOptions',
    options: wordOptions(languages),
    default: [],
    description: 'Languages whose opt-out words, such as STOP or PARAR, opt people out of this list',
  },
  {
    displayName: 'Webhook URL',
    name: 'webhookUrl',
    type: 'string',
    default: '',
    placeholder: 'e.g. https://crm.example.com/opt-outs',
    description: 'Told of every opt-out of the list: its name, the phone number, the email address and the channel ID',
  },
];

/** What a field left empty clears; only the fields that were added say anything. */
const clearable = new Set(['keyword', 'confirmationMessage', 'webhookUrl']);

/** The fields that were added to the node, as the service takes them. */
export const detailsOf = (given: IDataObject): UpdateListRequest =>
  Object.fromEntries(
    Object.entries(given).map(([field, value]) => [field, field === 'languages' ? choicesOf(value) : (textOf(value) ?? (clearable.has(field) ? null : ''))]),
  );
