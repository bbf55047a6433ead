import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { eachItem, repeatOptions } from '../../eachItem.ts';
import { optionsOf, said, textOf } from '../../parameters.ts';
import type { Operation } from '../../run.ts';
import { optionsField } from '../common/fields.ts';
import { detailFields, detailsOf, nameField } from './fields.ts';

export const description = updateDisplayOptions({ show: { resource: ['list'], operation: ['create'] } }, [{ ...nameField, required: true }, optionsField(detailFields)] satisfies INodeProperties[]);

export const execute: Operation = (run) =>
  eachItem(run, async (itemIndex) => {
    const name = said(run, itemIndex, textOf(run.read('name', itemIndex)), 'Name');
    return [(await run.client.createList({ ...detailsOf(optionsOf(run, itemIndex)), name }, repeatOptions(run, itemIndex))) as unknown as IDataObject];
  });
