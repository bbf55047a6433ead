import { updateDisplayOptions, type IDataObject } from 'n8n-workflow';
import { eachItem } from '../../eachItem.ts';
import type { Operation } from '../../run.ts';
import { limitOf, returnAllFields } from '../common/entries.ts';

export const description = updateDisplayOptions({ show: { resource: ['list'], operation: ['getAll'] } }, returnAllFields);

export const execute: Operation = (run) =>
  eachItem(run, async (itemIndex) => (await run.client.listLists()).slice(0, limitOf(run, itemIndex)) as unknown as IDataObject[]);
