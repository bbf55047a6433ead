import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAddress, type AddressOptions } from '../../../server/src/domain/address/address.ts';

interface Row {
  kind: 'phone' | 'email';
  input: unknown;
  opts?: Omit<AddressOptions, 'kind'>;
  key?: string;
  mailbox?: string;
  error?: string;
  why?: string;
}

const rows = JSON.parse(readFileSync(new URL('../../support/fixtures/addresses.json', import.meta.url), 'utf8')) as Row[];

describe('every address of the development set gives its key, or its code', () => {
  it.each(rows.map((row) => [`${row.kind} ${JSON.stringify(row.input)} ${row.why ?? ''}`, row] as const))('%s', (_title, row) => {
    const result = parseAddress(row.input, { kind: row.kind, ...row.opts });
    if (row.error !== undefined) expect(result).toEqual({ ok: false, code: row.error });
    else expect(result).toMatchObject({ ok: true, value: { kind: row.kind, key: row.key, ...(row.mailbox === undefined ? {} : { mailbox: row.mailbox }) } });
  });
});
