import { Decision, Evaluated } from '@quietlist/contract/check';
import { AddResult, Entry, RemoveResult } from '@quietlist/contract/entry';
import { List } from '@quietlist/contract/list';

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

/** By resource and operation, the data that each operation of the node adds or answers. */
export const outputSchemas: Record<string, OutputSchema> = {
  'contact/check': checked,
  'blacklist/add': written(added, contact),
  'blacklist/getAll': rows(Entry),
  'blacklist/remove': written(removed, contact),
  'optOut/optOut': written(added, { ...contact, list: text }),
  'optOut/getAll': rows(Entry),
  'optOut/removeOptOut': written(removed, { ...contact, lists: { type: 'array', items: text } }),
  'list/getAll': rows(List),
};
