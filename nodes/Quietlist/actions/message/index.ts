import type { INodeProperties } from 'n8n-workflow';
import * as handleInbound from './handleInbound.operation.ts';

export const operations = { handleInbound };

export const description: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['message'] } },
    options: [
      {
        name: 'Handle Inbound',
        value: 'handleInbound',
        action: 'Handle inbound messages',
        description: 'Opt out or in whoever asks for it by a word or a button, and tell whether a flow may go on with the message',
      },
    ],
    default: 'handleInbound',
  },
  ...handleInbound.description,
];
