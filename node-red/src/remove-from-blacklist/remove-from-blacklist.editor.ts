import { channelInput, senderInput } from '../editor/scope-inputs.ts';
import { text } from '../editor/text.ts';
import { addressInputs, contactInput, noteInput, switchInput } from '../editor/typed-inputs.ts';
import { typed } from '../editor/validators.ts';

interface RemoveFromBlacklist {
  name: string;
  server: string;
  enabled: string;
  enabledType: string;
  contact: string;
  contactType: string;
  channels: string;
  channelsType: string;
  sender: string;
  senderType: string;
  note: string;
  noteType: string;
  digits: string;
  defaultCountry: string;
  defaultCountryType: string;
}

RED.nodes.registerType<RemoveFromBlacklist>('quietlist-remove-from-blacklist', {
  category: 'quietlist',
  categoryDescription: '@quietlist/node-red/quietlist:category',
  color: '#B9A0C9',
  icon: 'quietlist-remove-from-blacklist.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: '' },
    server: { value: '', type: 'quietlist-server', required: true },
    enabled: { value: 'true', validate: typed('enabled') },
    enabledType: { value: 'bool' },
    contact: { value: '', validate: typed('contact') },
    contactType: { value: 'message' },
    channels: { value: '', validate: typed('channels') },
    channelsType: { value: 'none' },
    sender: { value: '', validate: typed('sender') },
    senderType: { value: 'none' },
    note: { value: '', validate: typed('note', { mayBeEmpty: true }) },
    noteType: { value: 'str' },
    digits: { value: '' },
    defaultCountry: { value: '', validate: typed('defaultCountry') },
    defaultCountryType: { value: 'none' },
  },
  paletteLabel: () => text('remove_from_blacklist.label'),
  label() {
    return this.name || text('remove_from_blacklist.label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    switchInput();
    contactInput();
    channelInput({ none: text('channels.whichever') });
    senderInput({ none: text('sender.whichever') });
    noteInput();
    addressInputs();
  },
});
