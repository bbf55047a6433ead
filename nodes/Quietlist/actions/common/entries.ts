import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { EntryQuery } from '@quietlist/client/types';
import { limits } from '@quietlist/contract/limits';
import { reasons, sources, statuses, type EntryStatus, type Kind, type Reason, type Source } from '@quietlist/contract/vocabulary';
import { anyValue, defined, instantOf, textOf } from '../../parameters.ts';
import { eachItem } from '../../eachItem.ts';
import type { Operation, Run } from '../../run.ts';
import { senderField, wordOptions } from './fields.ts';

export const returnAllFields: INodeProperties[] = [
  { displayName: 'Return All', name: 'returnAll', type: 'boolean', default: false, description: 'Whether to return all results or only up to a given limit' },
  {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    typeOptions: { minValue: 1 },
    default: 50,
    displayOptions: { show: { returnAll: [false] } },
    description: 'Max number of results to return',
  },
];

const listFilter: INodeProperties = {
  displayName: 'List Name or ID',
  name: 'list',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'getLists' },
  default: '',
  description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

const filters = (kind: Kind): INodeProperties => ({
  displayName: 'Filters',
  name: 'filters',
  type: 'collection',
  placeholder: 'Add filter',
  default: {},
  options: [
    {
      displayName: 'Channel Name or ID',
      name: 'channel',
      type: 'options',
      typeOptions: { loadOptionsMethod: 'getChannels' },
      default: anyValue,
      description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
    },
    { displayName: 'Created After', name: 'createdFrom', type: 'dateTime', default: '' },
    { displayName: 'Created Before', name: 'createdTo', type: 'dateTime', default: '' },
    ...(kind === 'opt_out' ? [listFilter] : []),
    { displayName: 'Reason', name: 'reason', type: 'options', options: wordOptions(reasons), default: 'not_defined' },
    {
      displayName: 'Search',
      name: 'text',
      type: 'string',
      default: '',
      placeholder: 'e.g. +1415',
      description: 'An address, or how it begins',
    },
    senderField,
    { displayName: 'Source', name: 'source', type: 'options', options: wordOptions(sources), default: 'workflow' },
    { displayName: 'Status', name: 'status', type: 'options', options: wordOptions({ ...statuses, any: 'Any' }), default: 'active' },
  ],
});

export const entriesDescription = (kind: Kind, resource: string): INodeProperties[] =>
  updateDisplayOptions({ show: { resource: [resource], operation: ['getAll'] } }, [...returnAllFields, filters(kind)]);

/** Entries of one kind as items of their own, newest first. */
export const getEntries = (kind: Kind): Operation => (run) =>
  eachItem(run, async (itemIndex) => {
    const entries: IDataObject[] = [];
    for await (const entry of run.client.everyEntry(queryOf(run, kind, itemIndex), limitOf(run, itemIndex))) entries.push(entry as unknown as IDataObject);
    return entries;
  });

/** How many rows to read; endless for “Return All”. */
export const limitOf = (run: Run, itemIndex: number): number => {
  if (run.read('returnAll', itemIndex) === true) return Number.POSITIVE_INFINITY;
  const limit = Number(run.read('limit', itemIndex));
  return Number.isSafeInteger(limit) && limit > 0 ? limit : limits.pageSize;
};

const queryOf = (run: Run, kind: Kind, itemIndex: number): EntryQuery => {
  const given = (run.read('filters', itemIndex) ?? {}) as IDataObject;
  const channel = textOf(given.channel);
  return defined({
    kind,
    channel: channel === anyValue ? undefined : channel,
    list: textOf(given.list),
    sender: textOf(given.sender),
    reason: textOf<Reason>(given.reason),
    source: textOf<Source>(given.source),
    status: textOf<EntryStatus | 'any'>(given.status),
    text: textOf(given.text),
    createdFrom: instantOf(run, itemIndex, given.createdFrom, 'Created After'),
    createdTo: instantOf(run, itemIndex, given.createdTo, 'Created Before'),
  });
};
