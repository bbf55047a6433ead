import { oneChannelInput, oneListInput, senderInput } from '../editor/scope-inputs.ts';
import { text } from '../editor/text.ts';
import { addressInputs, contactInput, nothing, ofMessage, places, typedInput } from '../editor/typed-inputs.ts';
import { typed } from '../editor/validators.ts';

interface UnsubscribeLink {
  name: string;
  server: string;
  contact: string;
  contactType: string;
  list: string;
  listType: string;
  channel: string;
  channelType: string;
  sender: string;
  senderType: string;
  mailto: string;
  mailtoType: string;
  digits: string;
  defaultCountry: string;
  defaultCountryType: string;
}

RED.nodes.registerType<UnsubscribeLink>('quietlist-unsubscribe-link', {
  category: 'quietlist',
  categoryDescription: '@quietlist/node-red/quietlist:category',
  color: '#B9A0C9',
  icon: 'quietlist-unsubscribe-link.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: '' },
    server: { value: '', type: 'quietlist-server', required: true },
    contact: { value: '', validate: typed('contact') },
    contactType: { value: 'message' },
    list: { value: '', validate: typed('list') },
    listType: { value: 'none' },
    channel: { value: '', validate: typed('channel') },
    channelType: { value: 'none' },
    sender: { value: '', validate: typed('sender') },
    senderType: { value: 'none' },
    mailto: { value: '', validate: typed('mailto') },
    mailtoType: { value: 'none' },
    digits: { value: '' },
    defaultCountry: { value: '', validate: typed('defaultCountry') },
    defaultCountryType: { value: 'none' },
  },
  paletteLabel: () => text('unsubscribe_link.label'),
  label() {
    return this.name || text('unsubscribe_link.label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    contactInput();
    oneListInput({ none: text('lists.default') });
    oneChannelInput([nothing(text('channels.any')), ofMessage()]);
    senderInput();
    typedInput('mailto', [nothing(text('unsubscribe_link.no_mailto')), ...places]);
    addressInputs(['sender', 'mailto']);
  },
});
