import type { INodeProperties } from 'n8n-workflow';
import * as create from './create.operation.ts';

export const operations = { create };

export const description: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['unsubscribeLink'] } },
    options: [
      {
        name: 'Create',
        value: 'create',
        action: 'Create unsubscribe links',
        description: 'Make a personal unsubscribe link for each message, with the headers of a one-click unsubscribe',
      },
    ],
    default: 'create',
  },
  ...create.description,
];
