import type { AddressOptions } from '@quietlist/contract/address';
import type { Settings } from '@quietlist/contract/settings';
import type { ReadingOptions } from '../domain/person.ts';

/** How addresses are read: as the request says, else as the workspace decided. */
export function readingOptionsOf(settings: Settings, options: AddressOptions | undefined, channel: string | null): ReadingOptions {
  const defaultCountry = options?.defaultCountry ?? settings.defaultCountry;
  return { channel, digits: options?.digits ?? settings.digits, ...(defaultCountry ? { defaultCountry } : {}) };
}
