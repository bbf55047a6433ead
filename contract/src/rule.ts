import { Type, type Static } from 'typebox';
import { limits } from './limits.ts';
import { Page, pageQuery } from './page.ts';
import { Channel, ListReference } from './scope.ts';
import { NonEmptyText, Nullable } from './text.ts';
import { ruleActions, ruleSources, ruleTriggers, wordsOf } from './vocabulary.ts';

const action = Type.Enum(wordsOf(ruleActions));
const lists = Type.Array(ListReference, { maxItems: limits.listsPerRequest, description: 'Lists to opt out of, or back into. None: the default list.' });
const reply = Nullable(NonEmptyText(limits.confirmationMessageLength, 'What the person is told. None: the confirmation message of the first list that has one.'));

/** What a message or a tap does (C5, B12, A10). A keyword is the whole message, whatever its case; a button is matched exactly, letter by letter (C7). */
export const Rule = Type.Object(
  {
    id: Type.String(),
    trigger: Type.Enum(wordsOf(ruleTriggers)),
    text: Type.String(),
    action,
    lists: Type.Array(Type.String(), { description: 'Ids.' }),
    channel: Nullable(Type.String()),
    reply: Nullable(Type.String()),
    source: Type.Enum(wordsOf(ruleSources)),
    templates: Type.Array(Type.String(), { description: 'Names of the templates that have a button of this text.' }),
    createdAt: Type.String(),
  },
  { additionalProperties: false },
);
export type Rule = Static<typeof Rule>;

/** With `template`, the rule is picked from a button of that template: its trigger is `button` and `text` is the button's. */
export const CreateRuleRequest = Type.Object(
  {
    trigger: Type.Enum(wordsOf(ruleTriggers)),
    text: NonEmptyText(limits.ruleTextLength),
    action,
    lists: Type.Optional(lists),
    channel: Type.Optional(Nullable(Channel)),
    reply: Type.Optional(reply),
    template: Type.Optional(Type.String({ pattern: '^tpl_[0-9a-z]{1,20}$' })),
  },
  { additionalProperties: false },
);
export type CreateRuleRequest = Static<typeof CreateRuleRequest>;

export const UpdateRuleRequest = Type.Object(
  { action: Type.Optional(action), lists: Type.Optional(lists), channel: Type.Optional(Nullable(Channel)), reply: Type.Optional(reply) },
  { additionalProperties: false, minProperties: 1 },
);
export type UpdateRuleRequest = Static<typeof UpdateRuleRequest>;

export const ListRulesQuery = Type.Object({ ...pageQuery, trigger: Type.Optional(Type.Enum(wordsOf(ruleTriggers))) }, { additionalProperties: false });
export const RulePage = Page(Rule);
export type RulePage = Static<typeof RulePage>;

/** A rule as it might be: what would it have matched? */
export const PreviewRuleRequest = Type.Object(
  { trigger: Type.Enum(wordsOf(ruleTriggers)), text: NonEmptyText(limits.ruleTextLength), channel: Type.Optional(Nullable(Channel)) },
  { additionalProperties: false },
);
export type PreviewRuleRequest = Static<typeof PreviewRuleRequest>;

/** Rules are not retroactive (C8). The preview counts recent inbound messages that the rule would have matched; nothing changes. */
export const RulePreview = Type.Object(
  {
    examined: Type.Integer({ minimum: 0 }),
    matched: Type.Integer({ minimum: 0 }),
    people: Type.Integer({ minimum: 0, description: 'Different senders among the matched messages.' }),
    since: Nullable(Type.String({ description: 'The oldest message that was looked at.' })),
  },
  { additionalProperties: false },
);
export type RulePreview = Static<typeof RulePreview>;

/** Applies a rule to recent inbound messages, which it was too young for. */
export const BackfillRuleRequest = Type.Object({ dryRun: Type.Optional(Type.Boolean()) }, { additionalProperties: false });
export type BackfillRuleRequest = Static<typeof BackfillRuleRequest>;

export const RuleBackfill = Type.Object(
  {
    examined: Type.Integer({ minimum: 0 }),
    matched: Type.Integer({ minimum: 0 }),
    changed: Type.Integer({ minimum: 0, description: 'Entries added, widened or removed.' }),
    batch: Nullable(Type.String()),
    dryRun: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type RuleBackfill = Static<typeof RuleBackfill>;
