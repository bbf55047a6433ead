import type { INodeProperties } from 'n8n-workflow';
import * as add from './add.operation.ts';
import * as getAll from './getAll.operation.ts';
import * as remove from './remove.operation.ts';

export const operations = { add, getAll, remove };

export const description: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['blacklist'] } },
    options: [
      {
        name: 'Add to Blacklist',
        value: 'add',
        action: 'Add contacts to the blacklist',
        description: 'Block contacts on one, several or all channels',
      },
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many blacklist entries',
        description: 'List who is blacklisted, where and why',
      },
      {
        name: 'Remove From Blacklist',
        value: 'remove',
        action: 'Remove contacts from the blacklist',
        description: 'Unblock contacts; their opt-outs stay',
      },
    ],
    default: 'add',
  },
  ...add.description,
  ...getAll.description,
  ...remove.description,
];
