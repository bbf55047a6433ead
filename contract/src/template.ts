import { Type, type Static } from 'typebox';
import { limits } from './limits.ts';
import { Page, pageQuery } from './page.ts';
import { Channel } from './scope.ts';
import { NonEmptyText, Nullable } from './text.ts';

const buttonTexts = Type.Array(NonEmptyText(limits.ruleTextLength), { minItems: 1, maxItems: limits.templateButtons, uniqueItems: true, description: 'Texts of the quick-reply buttons.' });

/** An approved message template of a provider, as far as rules need it: its name and quick-reply buttons (C6). */
export const Template = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    channel: Nullable(Type.String()),
    buttons: Type.Array(
      Type.Object(
        { text: Type.String(), rule: Nullable(Type.String({ description: 'The rule of this button: “Already added”. Null: none yet.' })) },
        { additionalProperties: false },
      ),
    ),
    createdAt: Type.String(),
  },
  { additionalProperties: false },
);
export type Template = Static<typeof Template>;

export const CreateTemplateRequest = Type.Object(
  { name: NonEmptyText(limits.templateNameLength), channel: Type.Optional(Nullable(Channel)), buttons: buttonTexts },
  { additionalProperties: false },
);
export type CreateTemplateRequest = Static<typeof CreateTemplateRequest>;

export const UpdateTemplateRequest = Type.Object(
  { name: Type.Optional(NonEmptyText(limits.templateNameLength)), channel: Type.Optional(Nullable(Channel)), buttons: Type.Optional(buttonTexts) },
  { additionalProperties: false, minProperties: 1 },
);
export type UpdateTemplateRequest = Static<typeof UpdateTemplateRequest>;

export const ListTemplatesQuery = Type.Object({ ...pageQuery }, { additionalProperties: false });
export const TemplatePage = Page(Template);
export type TemplatePage = Static<typeof TemplatePage>;
