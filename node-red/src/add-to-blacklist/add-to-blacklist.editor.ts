import { directions } from '@quietlist/contract/vocabulary';
import { channelInput, senderInput } from '../editor/scope-inputs.ts';
import { text } from '../editor/text.ts';
import { addressInputs, contactInput, nothing, places, remarkInputs, switchInput, typedInput, wordSelect } from '../editor/typed-inputs.ts';
import { typed } from '../editor/validators.ts';

interface AddToBlacklist {
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
  reason: string;
  reasonType: string;
  note: string;
  noteType: string;
  expiry: string;
  expiryType: string;
  direction: string;
  digits: string;
  defaultCountry: string;
  defaultCountryType: string;
}

RED.nodes.registerType<AddToBlacklist>('quietlist-add-to-blacklist', {
  category: 'quietlist',
  categoryDescription: '@quietlist/node-red/quietlist:category',
  color: '#B9A0C9',
  icon: 'quietlist-add-to-blacklist.svg',
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
    reason: { value: '', validate: typed('reason') },
    reasonType: { value: 'none' },
    note: { value: '', validate: typed('note', { mayBeEmpty: true }) },
    noteType: { value: 'str' },
    expiry: { value: '', validate: typed('expiry') },
    expiryType: { value: 'none' },
    direction: { value: 'both' },
    digits: { value: '' },
    defaultCountry: { value: '', validate: typed('defaultCountry') },
    defaultCountryType: { value: 'none' },
  },
  paletteLabel: () => text('add_to_blacklist.label'),
  label() {
    return this.name || text('add_to_blacklist.label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    wordSelect('direction', directions, this.direction);
    switchInput();
    contactInput();
    channelInput();
    senderInput();
    remarkInputs();
    typedInput('expiry', [nothing(text('expiry.none')), { value: 'days', label: text('expiry.days') }, ...places]);
    addressInputs();
  },
});
