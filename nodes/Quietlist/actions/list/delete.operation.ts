import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { DeleteListRequest } from '@quietlist/contract/list';
import { defaultListId } from '@quietlist/contract/vocabulary';
import { eachItem, repeatOptions } from '../../eachItem.ts';
import { said, textOf } from '../../parameters.ts';
import type { Operation, Run } from '../../run.ts';
import { consentFields, consentOf } from '../common/consent.ts';
import { listField } from './fields.ts';

export const description = updateDisplayOptions({ show: { resource: ['list'], operation: ['delete'] } }, [
  listField,
  {
    displayName: 'Opt-Outs in the List',
    name: 'members',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Keep the List if It Has Any', value: 'keep', description: 'Delete only an empty list' },
      { name: 'Move to Another List', value: 'move', description: 'The people stay opted out' },
      { name: 'Release', value: 'release', description: 'The people can be contacted again, which needs their consent' },
    ],
    default: 'keep',
    description: 'What becomes of the opt-outs that the list holds',
  },
  { ...listField, displayName: 'Move to List Name or ID', name: 'moveTo', default: defaultListId, displayOptions: { show: { members: ['move'] } } },
  ...updateDisplayOptions({ show: { members: ['release'] } }, consentFields),
] satisfies INodeProperties[]);

export const execute: Operation = (run) =>
  eachItem(run, async (itemIndex) => {
    const list = said(run, itemIndex, textOf(run.read('list', itemIndex)), listField.displayName);
    const deleted = await run.client.deleteList(list, membersOf(run, itemIndex), repeatOptions(run, itemIndex));
    return [{ deleted: true, ...deleted } as unknown as IDataObject];
  });

const membersOf = (run: Run, itemIndex: number): DeleteListRequest | undefined => {
  const members = run.read('members', itemIndex);
  if (members === 'move') return { members, to: said(run, itemIndex, textOf(run.read('moveTo', itemIndex)), 'Move to List Name or ID') };
  return members === 'release' ? { members, consent: consentOf(run, itemIndex) } : undefined;
};
