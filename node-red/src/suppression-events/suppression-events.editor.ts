import { feedTypes } from '@quietlist/contract/vocabulary';
import { oneListInput } from '../editor/scope-inputs.ts';
import { text } from '../editor/text.ts';
import { choice, choicesOf, nothing, typedInput } from '../editor/typed-inputs.ts';
import { typed } from '../editor/validators.ts';

interface SuppressionEvents {
  name: string;
  server: string;
  types: string;
  typesType: string;
  list: string;
  listType: string;
  begin: string;
}

RED.nodes.registerType<SuppressionEvents>('quietlist-suppression-events', {
  category: 'quietlist',
  categoryDescription: '@quietlist/node-red/quietlist:category',
  color: '#B9A0C9',
  icon: 'quietlist-suppression-events.svg',
  inputs: 0,
  outputs: 1,
  defaults: {
    name: { value: '' },
    server: { value: '', type: 'quietlist-server', required: true },
    types: { value: '', validate: typed('types') },
    typesType: { value: 'none' },
    list: { value: '', validate: typed('list') },
    listType: { value: 'none' },
    begin: { value: 'new' },
  },
  paletteLabel: () => text('suppression_events.label'),
  label() {
    return this.name || text('suppression_events.label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    typedInput('types', [nothing(text('suppression_events.every')), choice(choicesOf(feedTypes), true)]);
    oneListInput({ none: text('lists.any'), after: ['str'] });
  },
});
