import { BlockList, isIP } from 'node:net';

/**
 * What is not the public internet: private, loopback, link-local, shared, documentation, benchmarking, multicast, reserved. The lists of IANA
 * (https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry), as Svix blocks them.
 */
const blockedV4 = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24',
  '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
];
/** Of IPv6 only global unicast is let through at all, without what is special in it: protocol assignments, documentation, 6to4. */
const globalV6 = '2000::/3';
const blockedV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** Ranges as `address/bits`; a single address is a range of its own. Null where one cannot be read. */
export function readRanges(ranges: readonly string[]): BlockList | null {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits, ...rest] = range.split('/');
    const family = isIP(address);
    const most = family === 4 ? 32 : 128;
    if (family === 0 || rest.length > 0 || (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most))) return null;
    list.addSubnet(address, bits === undefined ? most : Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

const required = (ranges: readonly string[]): BlockList => {
  const list = readRanges(ranges);
  if (!list) throw new TypeError('A range cannot be read.');
  return list;
};
const [blocked4, global6, blocked6] = [required(blockedV4), required([globalV6]), required(blockedV6)];

/** An IPv4 address that is written as one of IPv6 (`::ffff:10.0.0.1`) is taken for what it is. */
function canonical(address: string): { address: string; family: 'ipv4' | 'ipv6' } | null {
  const bare = address.replace(/%.*$/, '');
  if (isIP(bare) === 4) return { address: bare, family: 'ipv4' };
  if (isIP(bare) !== 6) return null;
  const compact = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(compact);
  if (!mapped) return { address: compact, family: 'ipv6' };
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return { address: [high >> 8, high & 255, low >> 8, low & 255].join('.'), family: 'ipv4' };
}

/** Judges addresses: `allowed` is in a network that the operator named, `public` is on the internet, `blocked` is anything else. */
export class AddressGuard {
  readonly #allowed: BlockList;

  constructor(allowed: BlockList) {
    this.#allowed = allowed;
  }

  judge(address: string): 'allowed' | 'public' | 'blocked' {
    const known = canonical(address);
    if (!known) return 'blocked';
    if (this.#allowed.check(known.address, known.family)) return 'allowed';
    const isPublic = known.family === 'ipv4'
      ? !blocked4.check(known.address, 'ipv4')
      : global6.check(known.address, 'ipv6') && !blocked6.check(known.address, 'ipv6');
    return isPublic ? 'public' : 'blocked';
  }
}
