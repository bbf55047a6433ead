import { expect, it } from 'vitest';
import { readHttpOptions } from '../../../server/src/cli/http-options.ts';

it('keeps /metrics for keys and sets no rate limit unless it is told to', () => {
  expect(readHttpOptions({}, {})).toEqual({ hasOpenMetrics: false, requestsPerSecond: null, publicUrl: null });
});

it('takes the command line before the environment', () => {
  const env = { QUIETLIST_METRICS: 'open', QUIETLIST_RATE_LIMIT: '20' };
  expect(readHttpOptions({}, env)).toMatchObject({ hasOpenMetrics: true, requestsPerSecond: 20 });
  expect(readHttpOptions({ metrics: 'key', 'rate-limit': '5' }, env)).toMatchObject({ hasOpenMetrics: false, requestsPerSecond: 5 });
});

it('refuses what it does not know', () => {
  expect(() => readHttpOptions({ metrics: 'public' }, {})).toThrow('--metrics takes one of: key, open.');
  for (const rate of ['0', '-1', '1.5', 'many', '', '99999999']) expect(() => readHttpOptions({ 'rate-limit': rate }, {})).toThrow('--rate-limit takes a whole number');
});

it.each([
  ['https://quietlist.example.com', 'https://quietlist.example.com'],
  ['https://Quietlist.Example.com:443/', 'https://quietlist.example.com'],
  ['https://example.com:8443/mail//', 'https://example.com:8443/mail'],
  ['https://bücher.example/a b'.replace(' ', '%20'), 'https://xn--bcher-kva.example/a%20b'],
  ['http://localhost:8181', 'http://localhost:8181'],
  ['http://127.0.0.1/q', 'http://127.0.0.1/q'],
  ['http://[::1]:1/', 'http://[::1]:1'],
])('takes the public address %s, with its path and without a slash at the end', (given, publicUrl) => {
  expect(readHttpOptions({ 'public-url': given }, { QUIETLIST_PUBLIC_URL: 'https://other.example' })).toMatchObject({ publicUrl });
  expect(readHttpOptions({}, { QUIETLIST_PUBLIC_URL: given })).toMatchObject({ publicUrl });
});

it.each([
  'http://quietlist.example.com', 'http://localhost.example.com', 'http://10.0.0.1', 'ftp://example.com', 'javascript:alert(1)', 'quietlist.example.com', '/u', '', 'https://', 'https://user@example.com',
  'https://user:secret@example.com', 'https://example.com/?a=1', 'https://example.com?', 'https://example.com/#', 'https://exa mple.com', ' https://example.com', 'https://example.com\n', 'https://example.com/<x>', 'https://example.com\\@evil.example',
])('refuses the public address %j in a sentence that does not quote it', (given) => {
  expect(() => readHttpOptions({ 'public-url': given }, {})).toThrow(/^--public-url takes an https address such as https:\/\/quietlist\.example\.com, [^@]*$/);
});
