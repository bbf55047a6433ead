import type { INodeProperties } from 'n8n-workflow';
import * as getAll from './getAll.operation.ts';

export const operations = { getAll };

export const description: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['list'] } },
    options: [
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many opt out lists',
        description: 'List the opt-out lists with the number of their members',
      },
    ],
    default: 'getAll',
  },
  ...getAll.description,
];
