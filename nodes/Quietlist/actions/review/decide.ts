import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { DecideReviewRequest, Review } from '@quietlist/contract/review';
import type { RepeatOptions } from '@quietlist/client/types';
import { eachItem, repeatOptions } from '../../eachItem.ts';
import { defined, noteOf, optionsOf, said, textOf } from '../../parameters.ts';
import type { Operation, Run } from '../../run.ts';
import { noteField, optionsField } from '../common/fields.ts';

const reviewField: INodeProperties = {
  displayName: 'Review ID',
  name: 'review',
  type: 'string',
  default: '={{ $json.id }}',
  required: true,
  placeholder: 'e.g. rev_01jb',
  description: 'As Get Many, Handle Inbound and Quietlist Trigger give it',
};

export const decisionDescription = (operation: 'approve' | 'dismiss'): INodeProperties[] =>
  updateDisplayOptions({ show: { resource: ['review'], operation: [operation] } }, [reviewField, optionsField([{ ...noteField, description: 'Why it was decided so, for people to read' }])]);

type Decide = (run: Run, id: string, decision: DecideReviewRequest, options: RepeatOptions) => Promise<Review>;

/** Decides the review of each item; an expression that answers nothing decides none. */
export const decideReviews = (decide: Decide): Operation => (run) =>
  eachItem(run, async (itemIndex) => {
    const id = said(run, itemIndex, textOf(run.read('review', itemIndex)), reviewField.displayName);
    const decision = defined({ note: noteOf(optionsOf(run, itemIndex).note) });
    return [(await decide(run, id, decision, repeatOptions(run, itemIndex))) as unknown as IDataObject];
  });
