import { choice, places } from './typed-inputs.ts';
import { text } from './text.ts';

interface PickOptions {
  /** The look-up of the server that fills the list. */
  lookup: 'lists' | 'channels' | 'senders';
  multiple: boolean;
  /** Kinds of place before the list; the first is the default. */
  before: TypedInputType[];
  /** Kinds of place after the list. */
  after?: Array<string | TypedInputType>;
  /** What can be chosen without any server. */
  known?: TypedInputChoice[];
}

/**
 * A typed input with a list that the server fills. What was chosen or typed before stays, also when the look-up fails or no
 * longer knows it.
 */
export const pickInput = (name: string, { lookup, multiple, before, after = places, known = [] }: PickOptions): void => {
  const input = $(`#node-input-${name}`);
  const typeField = `#node-input-${name}Type`;

  const types = (choices: TypedInputChoice[]): Array<string | TypedInputType> => {
    const isPicked = $(typeField).val() === 'pick';
    const chosen = isPicked ? String(input.val() ?? '').split(',').filter(Boolean) : [];
    const missing = chosen.filter((value) => !choices.some((choice) => choice.value === value)).map((value) => ({ value, label: value }));
    return [...before, choice([...choices, ...missing], multiple), ...after];
  };

  input.typedInput({ default: before[0]?.value ?? 'pick', types: types(known), typeField });
  onServerChange(lookup, (choices) => input.typedInput('types', types(choices)));
};

/** Asks the chosen server, now and whenever another one is chosen. */
const onServerChange = (lookup: string, show: (choices: TypedInputChoice[]) => void): void => {
  const server = $('#node-input-server');
  const load = (): void => {
    const id = server.val();
    if (typeof id !== 'string' || id === '' || id === '_ADD_') return tell(text('pick.no_server'));
    $.getJSON(`quietlist/servers/${encodeURIComponent(id)}/${lookup}`)
      .done((choices: TypedInputChoice[]) => {
        if (server.val() !== id) return;
        tell('');
        show(choices);
      })
      .fail((answer: JQuery.jqXHR) => tell(sentenceOf(answer)));
  };
  server.on('change', load);
};

/** What went wrong, in the words of the server where it has any. */
export const sentenceOf = (answer: JQuery.jqXHR): string => {
  const { message, hint } = (answer.responseJSON ?? {}) as { message?: string; hint?: string };
  return message ? [message, hint].filter(Boolean).join(' ') : text('pick.failed');
};

const tell = (sentence: string): void => {
  $('.quietlist-hint').text(sentence).toggle(sentence !== '');
};
