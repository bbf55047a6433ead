import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { providers } from '@quietlist/contract/providers';
import { checkPurposes } from '@quietlist/contract/vocabulary';
import { defaultCountryField, digitsField, optionsField, senderField, wordOptions } from '../common/fields.ts';

/** Where a message is read from. */
export const messageModeField: INodeProperties = {
  displayName: 'Message',
  name: 'messageMode',
  type: 'options',
  noDataExpression: true,
  options: [
    { name: 'Define Below', value: 'fields', description: 'Fill in the contact, the text and the button yourself' },
    { name: 'From Provider', value: 'provider', description: 'Hand on the body of a webhook as the provider sent it, with bounces, complaints and unsubscribes as well' },
    { name: 'From Trigger', value: 'trigger', description: 'Read it from the output of a WhatsApp, Telegram, Twilio or email trigger, or of a Webhook that WhatsApp, Telegram or Twilio calls' },
  ],
  default: 'trigger',
};

/** Fields of a message that the user defines. */
const definedFields: INodeProperties[] = [
  {
    displayName: 'Contact',
    name: 'contact',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. +14155550100',
    description: 'Whom the message is from: phone number with country code, email address or channel handle. Several, separated by commas, are addresses of the same person.',
  },
  {
    displayName: 'Channel Name or ID',
    name: 'messageChannel',
    type: 'options',
    typeOptions: { loadOptionsMethod: 'getNamedChannels' },
    default: '',
    required: true,
    description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
  { displayName: 'Text', name: 'text', type: 'string', default: '', placeholder: 'e.g. STOP', description: 'What the person wrote' },
  {
    displayName: 'Button Text',
    name: 'buttonText',
    type: 'string',
    default: '',
    placeholder: 'e.g. Unsubscribe',
    description: 'The text on the button that the person pressed, if one was',
  },
  { displayName: 'Button Payload', name: 'buttonPayload', type: 'string', default: '', placeholder: 'e.g. opt_out', description: 'What that button sends' },
  {
    displayName: 'Message ID',
    name: 'messageId',
    type: 'string',
    default: '',
    description: 'The ID that the provider gave the message, so that the same message is not handled twice',
  },
];

const providerFields: INodeProperties[] = [
  { displayName: 'Provider', name: 'provider', type: 'options', options: wordOptions(providers), default: 'whatsapp', description: 'Whose webhook it is' },
  {
    displayName: 'Body',
    name: 'providerBody',
    type: 'json',
    default: '={{ $json.body ?? $json }}',
    required: true,
    description: 'The body of the webhook as it came. A Webhook node has it in body.',
  },
];

export const messageOptions = optionsField([
  digitsField,
  defaultCountryField,
  { displayName: 'Dry Run', name: 'dryRun', type: 'boolean', default: false, description: 'Whether to only say what would happen; nothing changes' },
  {
    displayName: 'In Flow',
    name: 'inFlow',
    type: 'boolean',
    default: false,
    description: 'Whether the person is in a dialogue in which words such as “cancel” and “end” mean something else',
  },
  {
    displayName: 'In Reply To',
    name: 'purpose',
    type: 'options',
    options: wordOptions(checkPurposes),
    default: 'marketing',
    description: 'What your message was that this one answers, where you know it. Without it, a STOP counts for everything.',
  },
  senderField,
]);

export const messageDescription: INodeProperties[] = updateDisplayOptions({ show: { resource: ['message'], operation: ['handleInbound'] } }, [
  messageModeField,
  ...updateDisplayOptions({ show: { messageMode: ['fields'] } }, definedFields),
  ...updateDisplayOptions({ show: { messageMode: ['provider'] } }, providerFields),
  ...updateDisplayOptions({ show: { messageMode: ['fields', 'trigger'] } }, [messageOptions]),
]);
