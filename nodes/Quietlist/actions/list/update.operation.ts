import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { eachItem, repeatOptions } from '../../eachItem.ts';
import { said, textOf } from '../../parameters.ts';
import type { Operation } from '../../run.ts';
import { optionsField } from '../common/fields.ts';
import { detailFields, detailsOf, listField, nameField } from './fields.ts';

export const description = updateDisplayOptions({ show: { resource: ['list'], operation: ['update'] } }, [
  listField,
  {
    ...optionsField([...detailFields, nameField]),
    displayName: 'Update Fields',
    name: 'updateFields',
    placeholder: 'Add field',
    description: 'What changes. A field that is added and left empty is cleared.',
  },
] satisfies INodeProperties[]);

export const execute: Operation = (run) =>
  eachItem(run, async (itemIndex) => {
    const list = said(run, itemIndex, textOf(run.read('list', itemIndex)), listField.displayName);
    const changes = detailsOf((run.read('updateFields', itemIndex) ?? {}) as IDataObject);
    said(run, itemIndex, Object.keys(changes), 'Update Fields');
    return [(await run.client.updateList(list, changes, repeatOptions(run, itemIndex))) as unknown as IDataObject];
  });
