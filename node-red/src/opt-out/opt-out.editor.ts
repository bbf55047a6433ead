import { origins, purposes, sources } from '@quietlist/contract/vocabulary';
import { channelInput, listInput, senderInput } from '../editor/scope-inputs.ts';
import { text } from '../editor/text.ts';
import { addressInputs, contactInput, remarkInputs, wordSelect } from '../editor/typed-inputs.ts';
import { typed } from '../editor/validators.ts';

interface OptOut {
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
  by: string;
  source: string;
  reason: string;
  reasonType: string;
  note: string;
  noteType: string;
  digits: string;
  defaultCountry: string;
  defaultCountryType: string;
}

RED.nodes.registerType<OptOut>('quietlist-opt-out', {
  category: 'quietlist',
  categoryDescription: '@quietlist/node-red/quietlist:category',
  color: '#B9A0C9',
  icon: 'quietlist-opt-out.svg',
  inputs: 1,
  outputs: 1,
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
    by: { value: 'recipient' },
    source: { value: '' },
    reason: { value: '', validate: typed('reason') },
    reasonType: { value: 'none' },
    note: { value: '', validate: typed('note', { mayBeEmpty: true }) },
    noteType: { value: 'str' },
    digits: { value: '' },
    defaultCountry: { value: '', validate: typed('defaultCountry') },
    defaultCountryType: { value: 'none' },
  },
  paletteLabel: () => text('opt_out.label'),
  label() {
    return this.name || text('opt_out.label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    wordSelect('purpose', purposes, this.purpose);
    wordSelect('by', origins, this.by);
    const { workflow: _ofItself, ...others } = sources;
    wordSelect('source', others, this.source || '');
    contactInput();
    channelInput();
    senderInput();
    listInput({ none: text('lists.default') });
    remarkInputs();
    addressInputs();
    if (this.source) $('.quietlist-options').prop('open', true);
  },
});
