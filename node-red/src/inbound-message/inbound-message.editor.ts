import { providers } from '@quietlist/contract/providers';
import { checkPurposes } from '@quietlist/contract/vocabulary';
import { oneChannelInput, senderInput } from '../editor/scope-inputs.ts';
import { text } from '../editor/text.ts';
import { addressInputs, choice, choicesOf, contactInput, messageInput, nothing, ofMessage, places, typedInput, wordSelect } from '../editor/typed-inputs.ts';
import { typed, whileReading } from '../editor/validators.ts';

interface InboundMessage {
  name: string;
  server: string;
  reads: string;
  provider: string;
  body: string;
  bodyType: string;
  contact: string;
  contactType: string;
  channel: string;
  channelType: string;
  text: string;
  textType: string;
  button: string;
  buttonType: string;
  whenFailed: string;
  sender: string;
  senderType: string;
  messageId: string;
  messageIdType: string;
  inFlow: string;
  inFlowType: string;
  purpose: string;
  purposeType: string;
  digits: string;
  defaultCountry: string;
  defaultCountryType: string;
}

RED.nodes.registerType<InboundMessage>('quietlist-inbound-message', {
  category: 'quietlist',
  categoryDescription: '@quietlist/node-red/quietlist:category',
  color: '#B9A0C9',
  icon: 'quietlist-inbound-message.svg',
  inputs: 1,
  outputs: 3,
  defaults: {
    name: { value: '' },
    server: { value: '', type: 'quietlist-server', required: true },
    reads: { value: 'message' },
    provider: { value: 'whatsapp' },
    body: { value: 'payload', validate: whileReading('provider', 'body') },
    bodyType: { value: 'msg' },
    contact: { value: '', validate: whileReading('message', 'contact') },
    contactType: { value: 'message' },
    channel: { value: '', validate: whileReading('message', 'channel') },
    channelType: { value: 'message' },
    text: { value: '', validate: whileReading('message', 'text') },
    textType: { value: 'message' },
    button: { value: '', validate: whileReading('message', 'button') },
    buttonType: { value: 'message' },
    whenFailed: { value: 'error' },
    sender: { value: '', validate: typed('sender') },
    senderType: { value: 'none' },
    messageId: { value: '', validate: typed('messageId') },
    messageIdType: { value: 'message' },
    inFlow: { value: 'false', validate: typed('inFlow') },
    inFlowType: { value: 'bool' },
    purpose: { value: '', validate: typed('purpose') },
    purposeType: { value: 'none' },
    digits: { value: '' },
    defaultCountry: { value: '', validate: typed('defaultCountry') },
    defaultCountryType: { value: 'none' },
  },
  paletteLabel: () => text('inbound_message.label'),
  label() {
    return this.name || text('inbound_message.label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels: (output) => [text('inbound_message.handled'), text('inbound_message.blocked'), text('inbound_message.continue')][output] ?? '',
  oneditprepare() {
    wordSelect('provider', providers, this.provider);
    typedInput('body', places);
    contactInput();
    oneChannelInput([ofMessage()]);
    messageInput('text');
    messageInput('button');
    senderInput();
    typedInput('messageId', [ofMessage(), nothing(text('inbound_message.no_id')), ...places]);
    typedInput('inFlow', ['bool', 'msg', 'flow', 'global', 'jsonata', 'env']);
    typedInput('purpose', [nothing(text('inbound_message.no_purpose')), choice(choicesOf(checkPurposes), false), ...places]);
    addressInputs(['sender', 'purpose']);
    const reads = $('#node-input-reads');
    reads.on('change', () => {
      $('.quietlist-message').toggle(reads.val() === 'message');
      $('.quietlist-provider').toggle(reads.val() === 'provider');
    });
  },
});
