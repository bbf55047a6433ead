import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../run.ts';
import * as blacklist from './blacklist/index.ts';
import * as contact from './contact/index.ts';
import * as list from './list/index.ts';
import * as message from './message/index.ts';
import * as optOut from './optOut/index.ts';
import * as review from './review/index.ts';
import * as unsubscribeLink from './unsubscribeLink/index.ts';

const resources: Record<string, { operations: Record<string, { execute: Operation }> }> = {
  blacklist, contact, list, message, optOut, review, unsubscribeLink,
};

/** The operation that the node is set to, or undefined when a workflow names one that this version does not have. */
export const operationOf = (resource: string, operation: string): Operation | undefined => resources[resource]?.operations[operation]?.execute;

export const properties: INodeProperties[] = [
  {
    displayName: 'Resource',
    name: 'resource',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Blacklist', value: 'blacklist' },
      { name: 'Contact', value: 'contact' },
      { name: 'List', value: 'list' },
      { name: 'Message', value: 'message' },
      { name: 'Opt-Out', value: 'optOut' },
      { name: 'Review', value: 'review' },
      { name: 'Unsubscribe Link', value: 'unsubscribeLink' },
    ],
    default: 'contact',
  },
  ...blacklist.description,
  ...contact.description,
  ...list.description,
  ...message.description,
  ...optOut.description,
  ...review.description,
  ...unsubscribeLink.description,
];
