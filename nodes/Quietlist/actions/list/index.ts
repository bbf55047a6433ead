import type { INodeProperties } from 'n8n-workflow';
import * as create from './create.operation.ts';
import * as deleteList from './delete.operation.ts';
import * as getAll from './getAll.operation.ts';
import * as update from './update.operation.ts';

export const operations = { create, delete: deleteList, getAll, update };

export const description: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['list'] } },
    options: [
      {
        name: 'Create',
        value: 'create',
        action: 'Create opt out list',
        description: 'Create an opt-out list. Needs an API key of role admin.',
      },
      {
        name: 'Delete',
        value: 'delete',
        action: 'Delete opt out list',
        description: 'Delete an opt-out list, and say what becomes of the opt-outs in it. Needs an API key of role admin.',
      },
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many opt out lists',
        description: 'List the opt-out lists with the number of their members',
      },
      {
        name: 'Update',
        value: 'update',
        action: 'Update opt out list',
        description: 'Change the name, keyword, confirmation message and other fields of a list. Needs an API key of role admin.',
      },
    ],
    default: 'getAll',
  },
  ...create.description,
  ...deleteList.description,
  ...getAll.description,
  ...update.description,
];
