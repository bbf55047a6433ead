import type { Outbound } from '../app/outbound.ts';
import { OutboundFailure } from './failure.ts';

const ok = 200;

/** Gets a small text over https, by the same guard as everything that goes out. Anything but a plain answer is an error. */
export const fetchTextBy = (outbound: Outbound) => async (url: string): Promise<string> => {
  const outcome = await outbound.get(url);
  if ('error' in outcome) throw new OutboundFailure(outcome.error);
  if (outcome.status !== ok) throw new OutboundFailure('failed');
  return outcome.body;
};
