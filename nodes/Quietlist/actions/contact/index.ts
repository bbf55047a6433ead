import type { INodeProperties } from 'n8n-workflow';
import * as check from './check.operation.ts';

export const operations = { check };

export const description: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['contact'] } },
    options: [
      {
        name: 'Check Suppression',
        value: 'check',
        action: 'Check whether contacts may be contacted',
        description: 'Tell whether a contact is blacklisted or opted out, before a message is sent',
      },
    ],
    default: 'check',
  },
  ...check.description,
];
