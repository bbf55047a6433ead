import { checkPurposes, directions } from '@quietlist/contract/vocabulary';
import { channelInput, listInput, senderInput } from '../editor/scope-inputs.ts';
import { text } from '../editor/text.ts';
import { addressInputs, contactInput, wordSelect } from '../editor/typed-inputs.ts';
import { typed } from '../editor/validators.ts';

interface Check {
  name: string;
  server: string;
  contact: string;
  contactType: string;
  channels: string;
  channelsType: string;
  sender: string;
  senderType: string;
  lists: string;
  listsType: string;
  purpose: string;
  whenUnknown: string;
  direction: string;
  digits: string;
  defaultCountry: string;
  defaultCountryType: string;
}

RED.nodes.registerType<Check>('quietlist-check', {
  category: 'quietlist',
  categoryDescription: '@quietlist/node-red/quietlist:category',
  color: '#B9A0C9',
  icon: 'quietlist-check.svg',
  inputs: 1,
  outputs: 2,
  defaults: {
    name: { value: '' },
    server: { value: '', type: 'quietlist-server', required: true },
    contact: { value: '', validate: typed('contact') },
    contactType: { value: 'message' },
    channels: { value: '', validate: typed('channels') },
    channelsType: { value: 'none' },
    sender: { value: '', validate: typed('sender') },
    senderType: { value: 'none' },
    lists: { value: '', validate: typed('lists') },
    listsType: { value: 'none' },
    purpose: { value: 'marketing' },
    whenUnknown: { value: 'suppress' },
    direction: { value: 'outbound' },
    digits: { value: '' },
    defaultCountry: { value: '', validate: typed('defaultCountry') },
    defaultCountryType: { value: 'none' },
  },
  paletteLabel: () => text('check.label'),
  label() {
    return this.name || text('check.label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels: (output) => text(output === 0 ? 'check.suppressed' : 'check.clear'),
  oneditprepare() {
    wordSelect('purpose', checkPurposes, this.purpose);
    wordSelect('direction', { outbound: directions.outbound, inbound: directions.inbound }, this.direction);
    contactInput();
    channelInput();
    senderInput();
    listInput({ none: text('lists.any') });
    addressInputs();
    const whenUnknown = $('#node-input-whenUnknown');
    whenUnknown.on('change', () => $('.quietlist-unsafe').toggle(whenUnknown.val() === 'allow'));
  },
});
