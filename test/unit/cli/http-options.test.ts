import { expect, it } from 'vitest';
import { readHttpOptions } from '../../../server/src/cli/http-options.ts';

it('keeps /metrics for keys and sets no rate limit unless it is told to', () => {
  expect(readHttpOptions({}, {})).toEqual({ hasOpenMetrics: false, requestsPerSecond: null });
});

it('takes the command line before the environment', () => {
  const env = { QUIETLIST_METRICS: 'open', QUIETLIST_RATE_LIMIT: '20' };
  expect(readHttpOptions({}, env)).toEqual({ hasOpenMetrics: true, requestsPerSecond: 20 });
  expect(readHttpOptions({ metrics: 'key', 'rate-limit': '5' }, env)).toEqual({ hasOpenMetrics: false, requestsPerSecond: 5 });
});

it('refuses what it does not know', () => {
  expect(() => readHttpOptions({ metrics: 'public' }, {})).toThrow('--metrics takes one of: key, open.');
  for (const rate of ['0', '-1', '1.5', 'many', '', '99999999']) expect(() => readHttpOptions({ 'rate-limit': rate }, {})).toThrow('--rate-limit takes a whole number');
});
