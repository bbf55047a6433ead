import { isIP } from 'node:net';
import type { AddressGuard } from './address-guard.ts';
import { OutboundFailure } from './failure.ts';

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<ResolvedAddress[]>;

/**
 * Where a URL leads at this moment: the addresses to connect to, each of which was judged. One bad address among many refuses them all: a
 * name that also points inside is not to be trusted. What is connected to is what was judged here, whatever the name says a moment later.
 */
export async function resolveTarget(url: URL, guard: AddressGuard, resolve: Resolve, { httpsOnly }: { httpsOnly: boolean }): Promise<ResolvedAddress[]> {
  if (url.protocol !== 'https:' && (httpsOnly || url.protocol !== 'http:')) throw new OutboundFailure('insecure_url');
  if (url.username !== '' || url.password !== '') throw new OutboundFailure('invalid_url');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const literal = isIP(host);
  const addresses = literal === 0 ? await resolve(host) : [{ address: host, family: literal }];
  if (addresses.length === 0) throw new OutboundFailure('dns');
  const verdicts = addresses.map(({ address }) => guard.judge(address));
  if (verdicts.includes('blocked')) throw new OutboundFailure('blocked_address');
  if (url.protocol === 'http:' && verdicts.some((verdict) => verdict !== 'allowed')) throw new OutboundFailure('insecure_url');
  return addresses;
}
