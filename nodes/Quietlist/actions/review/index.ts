import type { INodeProperties } from 'n8n-workflow';
import * as approve from './approve.operation.ts';
import * as dismiss from './dismiss.operation.ts';
import * as getAll from './getAll.operation.ts';

export const operations = { approve, dismiss, getAll };

export const description: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['review'] } },
    options: [
      {
        name: 'Approve',
        value: 'approve',
        action: 'Approve review as opt out',
        description: 'Decide that a held message was an opt-out: it stays',
      },
      {
        name: 'Dismiss',
        value: 'dismiss',
        action: 'Dismiss review and lift its hold',
        description: 'Decide that a held message was no opt-out. Needs an API key of role manager.',
      },
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many reviews',
        description: 'List the messages that may be opt-outs, with their deadlines',
      },
    ],
    default: 'getAll',
  },
  ...approve.description,
  ...dismiss.description,
  ...getAll.description,
];
