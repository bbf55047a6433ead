import type { INodeProperties } from 'n8n-workflow';
import * as getAll from './getAll.operation.ts';
import * as optOut from './optOut.operation.ts';
import * as removeOptOut from './removeOptOut.operation.ts';

export const operations = { getAll, optOut, removeOptOut };

export const description: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['optOut'] } },
    options: [
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many opt outs',
        description: 'List who has opted out, from which list and how',
      },
      {
        name: 'Opt Out',
        value: 'optOut',
        action: 'Opt contacts out of lists',
        description: 'Record that contacts no longer want messages',
      },
      {
        name: 'Remove Opt Out',
        value: 'removeOptOut',
        action: 'Lift opt outs of contacts with their consent',
        description: 'Let contacts receive messages again, at their own wish or with their recorded consent',
      },
    ],
    default: 'optOut',
  },
  ...optOut.description,
  ...getAll.description,
  ...removeOptOut.description,
];
