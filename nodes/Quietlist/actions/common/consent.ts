import type { INodeProperties } from 'n8n-workflow';
import type { Consent } from '@quietlist/contract/entry';
import { consentMethods, type ConsentMethod } from '@quietlist/contract/vocabulary';
import { instantOf, said, textOf } from '../../parameters.ts';
import type { Run } from '../../run.ts';
import { wordOptions } from './fields.ts';

/** What lifting somebody's opt-out takes. */
export const consentFields: INodeProperties[] = [
  {
    displayName: 'Consent Method',
    name: 'consentMethod',
    type: 'options',
    options: wordOptions(consentMethods),
    default: 'written',
    description: 'How the recipient agreed to be contacted again',
  },
  {
    displayName: 'Consent Statement',
    name: 'consentStatement',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. Yes, please send me the newsletter again',
    description: 'What was agreed to, in the words used',
  },
  {
    displayName: 'Consent Given At',
    name: 'consentGivenAt',
    type: 'dateTime',
    default: '',
    required: true,
    description: 'When the recipient agreed',
  },
  {
    displayName: 'Consent Recorded By',
    name: 'consentRecordedBy',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. Maria, Support',
    description: 'Who of your team recorded it',
  },
];

export const consentOf = (run: Run, itemIndex: number): Consent => ({
  method: textOf<ConsentMethod>(run.read('consentMethod', itemIndex)) ?? 'other',
  statement: said(run, itemIndex, textOf(run.read('consentStatement', itemIndex)), 'Consent Statement'),
  at: said(run, itemIndex, instantOf(run, itemIndex, run.read('consentGivenAt', itemIndex), 'Consent Given At'), 'Consent Given At'),
  by: said(run, itemIndex, textOf(run.read('consentRecordedBy', itemIndex)), 'Consent Recorded By'),
});
