import { limits } from '@quietlist/contract/limits';
import type { DecideReviewRequest, Review, ReviewPage } from '@quietlist/contract/review';
import { isReview, isReviewPage } from '@quietlist/contract/validators';
import { pathOf, type Requests } from './requests.ts';
import type { RepeatOptions, ReviewQuery } from './types.ts';

const path = '/v1/reviews';

export const listReviews = (requests: Requests, query: ReviewQuery): Promise<ReviewPage> => requests.get(path, query, isReviewPage);

export const everyReview = (requests: Requests, query: ReviewQuery, limit: number): AsyncGenerator<Review, void, undefined> =>
  requests.rows(path, { limit: Math.min(limits.pageSizeMaximum, limit), ...query }, isReviewPage, limit);

export const decideReview = (requests: Requests, id: string, decision: 'approve' | 'dismiss', body: DecideReviewRequest, { operationId }: RepeatOptions): Promise<Review> =>
  requests.write({ method: 'POST', path: pathOf(path, id, decision), body }, isReview, operationId);
