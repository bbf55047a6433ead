import type { BlockList } from 'node:net';
import type { HttpOptions } from '../http/options.ts';
import { publicUrlOf } from '../http/public-url.ts';
import { readRanges } from '../outbound/address-guard.ts';
import { UsageError, type Io } from './io.ts';

/** Options of `quietlist serve` that become those of the HTTP service. */
export const httpArguments = { metrics: { type: 'string' }, 'rate-limit': { type: 'string' }, 'public-url': { type: 'string' }, 'webhook-allow': { type: 'string' } } as const;

export const httpHelp = `  --metrics key (QUIETLIST_METRICS; open: /metrics needs no key),
  --rate-limit N (QUIETLIST_RATE_LIMIT: requests a second each API key may send on average; without it any number),
  --public-url URL (QUIETLIST_PUBLIC_URL: where recipients reach the service, for unsubscribe links; without it, where it is asked for them),
  --webhook-allow CIDR,… (QUIETLIST_WEBHOOK_ALLOW: networks that webhooks may lead into although they are not public, also by http).`;

/** Reads them, from the command line before the environment. */
export function readHttpOptions(values: { metrics?: string | undefined; 'rate-limit'?: string | undefined; 'public-url'?: string | undefined }, env: Io['env']): Pick<HttpOptions, 'hasOpenMetrics' | 'requestsPerSecond' | 'publicUrl'> {
  const metrics = values.metrics ?? env['QUIETLIST_METRICS'] ?? 'key';
  if (metrics !== 'key' && metrics !== 'open') throw new UsageError('--metrics takes one of: key, open.');
  const rate = values['rate-limit'] ?? env['QUIETLIST_RATE_LIMIT'];
  if (rate !== undefined && (!/^\d{1,7}$/.test(rate) || Number(rate) < 1)) throw new UsageError('--rate-limit takes a whole number of requests a second, 1 or more.');
  const given = values['public-url'] ?? (env['QUIETLIST_PUBLIC_URL'] || undefined);
  const publicUrl = given === undefined ? null : publicUrlOf(given);
  if (given !== undefined && publicUrl === null) {
    throw new UsageError('--public-url takes an https address such as https://quietlist.example.com, without user, query or fragment. Plain http is for localhost only: mail programs do not call it.');
  }
  return { hasOpenMetrics: metrics === 'open', requestsPerSecond: rate === undefined ? null : Number(rate), publicUrl };
}

/** The networks that webhooks may lead into although they are not public. */
export function readWebhookAllow(values: { 'webhook-allow'?: string | undefined }, env: Io['env']): BlockList {
  const given = values['webhook-allow'] ?? env['QUIETLIST_WEBHOOK_ALLOW'] ?? '';
  const ranges = readRanges(given.split(/[\s,]+/).filter((range) => range !== ''));
  if (!ranges) throw new UsageError('--webhook-allow takes networks such as 172.28.0.0/16, separated by commas.');
  return ranges;
}
