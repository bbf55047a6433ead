import { reasons } from '@quietlist/contract/vocabulary';
import { text } from './text.ts';

/** Where a value may come from, as everywhere in Node-RED. */
export const places = ['msg', 'flow', 'global', 'str', 'jsonata', 'env'];

/** Says nothing, in words that tell what nothing means. */
export const nothing = (label: string): TypedInputType => ({ value: 'none', label, hasValue: false });

/** What a chat or e-mail message says by itself. */
export const ofMessage = (): TypedInputType => ({ value: 'message', label: text('place.message'), hasValue: false });

/** One or several out of a list, shown by their labels. */
export const choice = (options: TypedInputChoice[], multiple: boolean): TypedInputType => {
  const labelOf = (one: string | TypedInputChoice): string => (typeof one === 'object' ? one.label : (options.find(({ value }) => value === one)?.label ?? one));
  return {
    value: 'pick',
    label: text('place.pick'),
    icon: 'fa fa-list',
    multiple,
    options,
    valueLabel: (container, selected) => {
      const labels = (Array.isArray(selected) ? selected : [selected]).map(labelOf).filter(Boolean);
      container.text(labels.join(', ') || text('place.pick'));
    },
  };
};

export const choicesOf = (words: Record<string, string>): TypedInputChoice[] => Object.entries(words).map(([value, label]) => ({ value, label }));

/** Makes the field `name` and its hidden `nameType` a typed input; the first type is the default. */
export const typedInput = (name: string, types: Array<string | TypedInputType>): JQuery => {
  const [first] = types;
  return $(`#node-input-${name}`).typedInput({
    default: typeof first === 'object' ? first.value : (first ?? 'str'),
    types,
    typeField: `#node-input-${name}Type`,
  });
};

/** Fills a select with words of the contract, and chooses the saved one; the first, where a flow written by hand says none. */
export const wordSelect = (name: string, words: Record<string, string>, saved: string | undefined): void => {
  const options = Object.entries(words).map(([value, label]) => $('<option>', { value, text: label }));
  $(`#node-input-${name}`).append(options).val(saved ?? Object.keys(words)[0] ?? '');
};

/** What the message says by itself, or what comes from elsewhere. */
export const messageInput = (name: string): JQuery => typedInput(name, [ofMessage(), ...places]);

export const contactInput = (): JQuery => messageInput('contact');

/** Reason and note of a new entry; the known reasons are in a list, everything else becomes part of the note. */
export const remarkInputs = (): void => {
  typedInput('reason', [nothing(text('reason.none')), choice(choicesOf(reasons), false), ...places]);
  noteInput();
};

/** The checkbox of A9, which may also come from the message. */
export const switchInput = (): JQuery => typedInput('enabled', ['bool', 'msg', 'flow', 'global', 'jsonata', 'env']);

export const noteInput = (): JQuery => typedInput('note', ['str', 'msg', 'flow', 'global', 'jsonata', 'env']);

/** The country of national numbers, and the fold that it is in: open when something in it is said, also in the fields `others`. */
export const addressInputs = (others: string[] = []): void => {
  typedInput('defaultCountry', [nothing(text('options.workspace')), 'str', 'msg', 'flow', 'global', 'jsonata', 'env']);
  const isSaid = ['defaultCountry', ...others].some((name) => $(`#node-input-${name}Type`).val() !== 'none');
  $('.quietlist-options').prop('open', isSaid || Boolean($('#node-input-digits').val()));
};
