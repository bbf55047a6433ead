import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { ReviewQuery } from '@quietlist/client/types';
import { reviewStatuses, type ReviewStatus } from '@quietlist/contract/vocabulary';
import { eachItem } from '../../eachItem.ts';
import { defined, textOf } from '../../parameters.ts';
import type { Operation } from '../../run.ts';
import { limitOf, returnAllFields } from '../common/entries.ts';
import { wordOptions } from '../common/fields.ts';

export const description = updateDisplayOptions({ show: { resource: ['review'], operation: ['getAll'] } }, [
  ...returnAllFields,
  { displayName: 'Status', name: 'status', type: 'options', options: wordOptions({ ...reviewStatuses, any: 'Any' }), default: 'pending' },
] satisfies INodeProperties[]);

export const execute: Operation = (run) =>
  eachItem(run, async (itemIndex) => {
    const query: ReviewQuery = defined({ status: textOf<ReviewStatus | 'any'>(run.read('status', itemIndex)) });
    const reviews: IDataObject[] = [];
    for await (const review of run.client.everyReview(query, limitOf(run, itemIndex))) reviews.push(review as unknown as IDataObject);
    return reviews;
  });
