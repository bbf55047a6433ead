import type { LanguageCode } from '@quietlist/contract/languages';
import { defaultListId, type InboundMatch, type RuleAction, type RuleTrigger } from '@quietlist/contract/vocabulary';
import { KeywordIndex } from './keyword/keyword-index.ts';
import { ExactIndex } from './keyword/exact-index.ts';
import { readMessage, type Meaning } from './keyword/read-message.ts';

/** A rule as the book needs it. */
export interface BookRule {
  id: string;
  trigger: RuleTrigger;
  text: string;
  action: RuleAction;
  /** Ids. None: the default list. */
  lists: readonly string[];
  channel: string | null;
  reply: string | null;
}

/** A list as the book needs it. */
export interface BookList {
  id: string;
  keyword: string | null;
  languages: readonly LanguageCode[];
  confirmationMessage: string | null;
}

/** What an inbound message holds that may mean something. */
export interface ReadableMessage {
  text: string | null;
  button: { text?: string; payload?: string } | null;
  channel: string;
  inFlow: boolean;
}

/** What a message wants, before anybody has looked at who sent it. */
export interface Intent {
  want: RuleAction | 'suspected_opt_out' | 'yes' | 'no' | 'reaction' | 'none';
  by: InboundMatch | null;
  /** The words that decided. */
  words: string;
  /** Ids of rules and lists are those of the book, so all of them exist. Empty where no list matters. */
  lists: readonly string[];
  rule: string | null;
  language: LanguageCode | null;
  /** What the rule says to answer; null: what the lists say. */
  reply: string | null;
}

const nothing: Intent = { want: 'none', by: null, words: '', lists: [], rule: null, language: null, reply: null };

/** When several rules of one message differ, the one that suppresses more counts. */
const weight: Record<RuleAction, number> = { block: 3, opt_out: 2, opt_in: 1, help: 0 };

type Target = { rule: BookRule } | { list: BookList };

const actionOf = (target: Target): RuleAction => ('rule' in target ? target.rule.action : 'opt_out');
const channelOf = (target: Target): string | null => ('rule' in target ? target.rule.channel : null);

/** The lists of one set of languages: what a word of one of them is for. */
interface LanguageGroup {
  languages: readonly LanguageCode[];
  lists: string[];
}

/**
 * Everything that a workspace has told about what messages mean: rules, keywords of lists, languages of lists. Made once, asked for every
 * message; how many rules there are does not matter to the asking.
 */
export class RuleBook {
  readonly #buttons: ExactIndex<Target>;
  readonly #keywords: KeywordIndex<Target>;
  readonly #groups: readonly LanguageGroup[];
  readonly #known: ReadonlySet<string>;
  readonly confirmationMessages: ReadonlyMap<string, string>;

  constructor(rules: readonly BookRule[], lists: readonly BookList[]) {
    const of = (trigger: RuleTrigger) => rules.filter((rule) => rule.trigger === trigger);
    this.#buttons = new ExactIndex(of('button').map((rule) => ({ text: rule.text, value: { rule } })));
    const ofLists = lists.flatMap((list) => (list.keyword === null ? [] : [{ keyword: list.keyword, value: { list } as Target }]));
    this.#keywords = new KeywordIndex([...of('keyword').map((rule) => ({ keyword: rule.text, value: { rule } as Target })), ...ofLists]);
    this.#groups = groupsOf(lists);
    this.#known = new Set(lists.map(({ id }) => id));
    this.confirmationMessages = new Map(lists.flatMap(({ id, confirmationMessage }) => (confirmationMessage === null ? [] : [[id, confirmationMessage]])));
  }

  /**
   * What a message wants: the button that was tapped, exactly, its payload before its text (C7); else the whole text as a keyword of
   * rules and lists; else the words and phrases that Quietlist knows. The text of a button without a rule is read as text.
   */
  read(message: ReadableMessage): Intent {
    const { button, channel } = message;
    for (const text of [button?.payload, button?.text]) {
      const intent = text === undefined ? null : this.#intentOf(this.#buttons.find(text), channel, 'button', text);
      if (intent) return intent;
    }
    const text = message.text ?? button?.text ?? '';
    if (text.trim() === '') return nothing;
    return this.#intentOf(this.#keywords.find(text), channel, 'rule', text) ?? this.#meaningOf(text, message);
  }

  #intentOf(found: readonly Target[], channel: string, by: 'button' | 'rule', words: string): Intent | null {
    const meant = found.filter((target) => channelOf(target) === null || channelOf(target) === channel);
    if (meant.length === 0) return null;
    const heaviest = Math.max(...meant.map((target) => weight[actionOf(target)]));
    const same = meant.filter((target) => weight[actionOf(target)] === heaviest);
    const rule = same.find((target) => 'rule' in target);
    const lists = new Set(same.flatMap((target) => ('list' in target ? [target.list.id] : this.#listsOf(target.rule))));
    return {
      want: actionOf(same[0] as Target),
      by: rule ? by : 'list_keyword',
      words,
      lists: [...lists],
      rule: rule && 'rule' in rule ? rule.rule.id : null,
      language: null,
      reply: rule && 'rule' in rule ? rule.rule.reply : null,
    };
  }

  /** Lists that have been deleted are left out; a rule without any is about the default list. */
  #listsOf({ lists }: BookRule): string[] {
    const known = lists.filter((id) => this.#known.has(id));
    return known.length > 0 ? known : [defaultListId];
  }

  #meaningOf(text: string, { channel, inFlow }: ReadableMessage): Intent {
    const read = this.#groups.map((group) => ({ group, meaning: readMessage(text, { languages: group.languages, channel, inFlow }) }));
    const certain = read.filter(({ meaning }) => (meaning.kind === 'opt_out' && meaning.tier === 1) || meaning.kind === 'opt_in');
    const optOut = certain.filter(({ meaning }) => meaning.kind === 'opt_out');
    const decided = optOut.length > 0 ? optOut : certain;
    const [first] = decided;
    if (first) return intentOf(first.meaning, decided.flatMap(({ group }) => group.lists));
    const other = read.find(({ meaning }) => meaning.kind !== 'none') ?? read[0];
    return other ? intentOf(other.meaning, other.group.lists.length > 0 ? other.group.lists : [defaultListId]) : nothing;
  }
}

/** Lists by their languages; a group without any is there always, so that suspicions are seen where no list has a language. */
function groupsOf(lists: readonly BookList[]): LanguageGroup[] {
  const groups = new Map<string, LanguageGroup>();
  for (const { id, languages } of lists) {
    if (languages.length === 0) continue;
    const sorted = [...languages].sort();
    const group = groups.get(sorted.join()) ?? { languages: sorted, lists: [] };
    group.lists.push(id);
    groups.set(sorted.join(), group);
  }
  return groups.size > 0 ? [...groups.values()] : [{ languages: [], lists: [] }];
}

function intentOf(meaning: Meaning, lists: readonly string[]): Intent {
  switch (meaning.kind) {
    case 'none':
      return nothing;
    case 'reaction':
      return { ...nothing, want: 'reaction', by: 'reaction' };
    case 'yes':
    case 'no':
      return { ...nothing, want: meaning.kind, by: 'answer' };
    case 'opt_out':
      return meaning.tier === 1
        ? { ...nothing, want: 'opt_out', by: 'keyword', words: meaning.word, lists, language: meaning.language }
        : { ...nothing, want: 'suspected_opt_out', by: 'phrase', words: meaning.phrase, lists, language: meaning.language };
    default:
      return { ...nothing, want: meaning.kind, by: 'keyword', words: meaning.word, lists, language: meaning.language };
  }
}
