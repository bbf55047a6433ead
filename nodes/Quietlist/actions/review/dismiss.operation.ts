import { decideReviews, decisionDescription } from './decide.ts';

export const description = decisionDescription('dismiss');

export const execute = decideReviews((run, ...decision) => run.client.dismissReview(...decision));
