import { consentMethods, origins } from '@quietlist/contract/vocabulary';
import { channelInput, listInput, senderInput } from '../editor/scope-inputs.ts';
import { text } from '../editor/text.ts';
import { addressInputs, contactInput, noteInput, nothing, places, typedInput, wordSelect } from '../editor/typed-inputs.ts';
import { consent, typed } from '../editor/validators.ts';

interface RemoveOptOut {
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
  by: string;
  consentMethod: string;
  consentStatement: string;
  consentStatementType: string;
  consentBy: string;
  consentByType: string;
  consentAt: string;
  consentAtType: string;
  note: string;
  noteType: string;
  digits: string;
  defaultCountry: string;
  defaultCountryType: string;
}

RED.nodes.registerType<RemoveOptOut>('quietlist-remove-opt-out', {
  category: 'quietlist',
  categoryDescription: '@quietlist/node-red/quietlist:category',
  color: '#B9A0C9',
  icon: 'quietlist-remove-opt-out.svg',
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
    by: { value: 'operator' },
    consentMethod: { value: 'reply' },
    consentStatement: { value: '', validate: consent('consentStatement') },
    consentStatementType: { value: 'str' },
    consentBy: { value: '', validate: consent('consentBy') },
    consentByType: { value: 'str' },
    consentAt: { value: '', validate: consent('consentAt') },
    consentAtType: { value: 'none' },
    note: { value: '', validate: typed('note', { mayBeEmpty: true }) },
    noteType: { value: 'str' },
    digits: { value: '' },
    defaultCountry: { value: '', validate: typed('defaultCountry') },
    defaultCountryType: { value: 'none' },
  },
  paletteLabel: () => text('remove_opt_out.label'),
  label() {
    return this.name || text('remove_opt_out.label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    wordSelect('by', { operator: origins.operator, recipient: origins.recipient }, this.by);
    wordSelect('consentMethod', consentMethods, this.consentMethod);
    contactInput();
    channelInput({ none: text('channels.whichever') });
    senderInput({ none: text('sender.whichever') });
    listInput({ none: text('lists.default'), all: text('lists.all') });
    noteInput();
    addressInputs();
    const words = ['str', 'msg', 'flow', 'global', 'jsonata', 'env'];
    typedInput('consentStatement', words);
    typedInput('consentBy', words);
    typedInput('consentAt', [nothing(text('consent.now')), ...places]);
    const by = $('#node-input-by');
    by.on('change', () => $('.quietlist-consent').toggle(by.val() !== 'recipient'));
  },
});
