import type { AddressKind } from '@quietlist/contract/vocabulary';
import { parseAddress, type ParsedAddress } from './address/address.ts';

/** Reads a stored address again, by the rules of this version. Null where it keeps the key it has: no rule changes a handle's, and what the rules now refuse stays as it was read. */
export function rereadAddress({ address, addressKind }: { address: string; addressKind: AddressKind }): ParsedAddress | null {
  if (addressKind === 'handle') return null;
  const result = parseAddress(address, { kind: addressKind });
  return result.ok ? result.value : null;
}
