import { decideReviews, decisionDescription } from './decide.ts';

export const description = decisionDescription('approve');

export const execute = decideReviews((run, ...decision) => run.client.approveReview(...decision));
