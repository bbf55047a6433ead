import { Decision, Evaluated } from '@quietlist/contract/check';
import { AddResult, Entry, RemoveResult } from '@quietlist/contract/entry';
import { FeedEvent } from '@quietlist/contract/feed';
import { InboundResponse } from '@quietlist/contract/inbound';
import { LinkResult } from '@quietlist/contract/link';
import { List } from '@quietlist/contract/list';
import { Review } from '@quietlist/contract/review';

/** What n8n's editor reads of a schema: types, fields and items. */
export interface OutputSchema {
  type: string;
  properties?: Record<string, OutputSchema>;
  items?: OutputSchema;
  version?: number;
}

interface ContractSchema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: ContractSchema[];
  properties?: Record<string, ContractSchema>;
  items?: ContractSchema;
}

/** A shape of the contract as n8n's editor previews it; of what may be null only the other type. */
const simple = (schema: ContractSchema): OutputSchema => {
  const alternative = schema.anyOf?.find(({ type }) => type !== 'null');
  if (alternative) return simple(alternative);
  if (schema.enum || schema.const !== undefined) return { type: typeof (schema.enum?.[0] ?? schema.const) };
  if (schema.type === 'object') return object(schema.properties ?? {});
  if (schema.type === 'array') return { type: 'array', items: simple(schema.items ?? { type: 'string' }) };
  return { type: schema.type ?? 'string' };
};

const object = (properties: Record<string, ContractSchema>): OutputSchema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, simple(schema)])),
});

const text: ContractSchema = { type: 'string' };

const { index: _i, ref: _r, ...decision } = Decision.properties as Record<string, ContractSchema>;
const { index: _a, ...added } = AddResult.properties as Record<string, ContractSchema>;
const { index: _b, ...removed } = RemoveResult.properties as Record<string, ContractSchema>;

const checked = object({
  mayContact: { type: 'boolean' },
  quietlist: { type: 'object', properties: { ...decision, evaluated: Evaluated as ContractSchema, checkedAt: text } },
});
const written = (outcome: Record<string, ContractSchema>, about: Record<string, ContractSchema>): OutputSchema =>
  object({ quietlist: { type: 'object', properties: { ...outcome, results: { type: 'array', items: { type: 'object', properties: { ...about, ...outcome } } } } } });
const rows = (schema: { properties: object }): OutputSchema => object(schema.properties as Record<string, ContractSchema>);

const contact = { contact: text, channel: text };

const list = { type: 'array', items: text };
const handled = object({
  quietlist: {
    type: 'object',
    properties: { ...(InboundResponse.properties as Record<string, ContractSchema>) },
  },
});
const { url, headers } = LinkResult.properties as Record<string, ContractSchema>;
const unsubscribe: ContractSchema = { type: 'object', properties: { url: url!, headers: headers! } };
const { entry, review, actor } = FeedEvent.properties.data.properties as Record<string, ContractSchema>;

const quietlist: Record<string, OutputSchema> = {
  'contact/check': checked,
  'blacklist/add': written(added, contact),
  'blacklist/getAll': rows(Entry),
  'blacklist/remove': written(removed, contact),
  'list/create': rows(List),
  'list/delete': object({ deleted: { type: 'boolean' }, ...(List.properties as Record<string, ContractSchema>) }),
  'list/getAll': rows(List),
  'list/update': rows(List),
  'message/handleInbound': handled,
  'optOut/getAll': rows(Entry),
  'optOut/optOut': written(added, { ...contact, list: text }),
  'optOut/removeOptOut': written(removed, { ...contact, lists: list }),
  'review/approve': rows(Review),
  'review/dismiss': rows(Review),
  'review/getAll': rows(Review),
  'unsubscribeLink/create': object({ unsubscribe }),
};

/** By the file that n8n looks for: of the node by resource and operation, of the trigger one. */
export const outputSchemas: Record<string, OutputSchema> = {
  ...Object.fromEntries(Object.entries(quietlist).map(([operation, schema]) => [`Quietlist/__schema__/v1.0.0/${operation}`, schema])),
  'QuietlistTrigger/__schema__/v1.0.0': object({ type: text, event: text, timestamp: text, actor: actor!, ...entry!.properties, ...review!.properties }),
};
