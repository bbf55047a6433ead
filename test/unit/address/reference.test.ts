import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { addressProblems } from '../../../contract/src/address-problems.ts';
import { parseAddress, rulesVersion, variants } from '../../../server/src/domain/address/address.ts';
import { handleFormats } from '../../../server/src/domain/address/handle-formats.ts';
import { mailboxRules } from '../../../server/src/domain/address/mailbox-rules.ts';
import { phoneAliasRules } from '../../../server/src/domain/address/phone-aliases.ts';
import { writtenForms } from '../../../server/src/domain/address/phone-written-forms.ts';
import { phoneLibraryVersion } from '../../../server/src/domain/address/rules-version.ts';

const page = readFileSync(new URL('../../../docs/reference/addresses.md', import.meta.url), 'utf8');
const codesIn = (section: string): string[] => [...section.matchAll(/^\| `([a-z_]+)` \|/gm)].map((match) => match[1] as string);

describe('the page about addresses says what the rules are', () => {
  it('lists exactly the codes of the registry, each with its sentence', () => {
    const section = page.slice(page.indexOf('## Codes'));
    expect(codesIn(section)).toEqual(Object.keys(addressProblems));
    for (const sentence of Object.values(addressProblems)) expect(section).toContain(sentence);
  });

  it('lists every rule and every channel', () => {
    for (const { id } of [...phoneAliasRules, ...writtenForms, ...mailboxRules]) expect(page).toContain(`| \`${id}\` |`);
    for (const rule of mailboxRules) expect(page).toContain(rule.domains.join(' '));
    for (const channel of handleFormats.keys()) expect(page).toContain(`| \`${channel}\` |`);
  });

  it('gives sentences that end, and hold no address', () => {
    for (const sentence of Object.values(addressProblems)) expect(sentence).toMatch(/^[A-Z][^{}$]*\.$/);
  });
});

describe('the rules version', () => {
  it('names the version of libphonenumber-js that is installed', () => {
    const { version } = createRequire(import.meta.url)('libphonenumber-js/package.json') as { version: string };
    expect(phoneLibraryVersion).toBe(version);
    expect(rulesVersion).toMatch(new RegExp(`^\\d+-[0-9a-f]{8}-${version.replaceAll('.', '\\.')}$`));
  });
});

describe('variants', () => {
  it.each([
    ['+525512345678', ['+525512345678', '+5215512345678']],
    ['+5531987654321', ['+5531987654321', '+553187654321']],
    ['+5511951234567', ['+5511951234567']],
    ['+551133334444', ['+551133334444']],
    ['+5491123456789', ['+5491123456789', '+541123456789']],
    ['+2250707123456', ['+2250707123456', '+22507123456']],
    ['+2290197123456', ['+2290197123456', '+22997123456']],
    ['+14155552671', ['+14155552671']],
    ['ann@example.com', ['ann@example.com']],
    ['telegram::123456', ['telegram::123456']],
  ])('%s', (key, forms) => {
    expect(variants(key)).toEqual(forms);
  });
});

describe('every code is given for something', () => {
  it('no code of the registry is without an input', () => {
    const inputs: Array<[unknown, Parameters<typeof parseAddress>[1]]> = [
      ['', { kind: 'phone' }], [null, {}], [2 ** 53, {}], ['1'.repeat(20), {}], ['+14155552671,+14155552672', {}], ['1@g.us', {}], ['40404', {}], ['*67', {}],
      ['sip:1@pbx', { kind: 'phone' }], ['Ann', {}], ['+1415555267€', {}], ['9.1E+11', {}], ['0151', {}], ['0151', { defaultCountry: 'XX' }], ['+9991234567', {}],
      ['+1415555267', {}], ['001 65 6234 5678', { defaultCountry: 'TH' }], ['ann@', {}], ['ann@example', {}], [`${'a'.repeat(65)}@example.com`, {}], ['1', { kind: 'handle' }],
      ['@ann', { channel: 'telegram' }], ['1', { kind: 'handle', channel: 'sms' }], ['1', { kind: 'handle', channel: 'A B' }],
    ];
    const given = new Set(inputs.map(([input, options]) => parseAddress(input, options)).map((result) => (result.ok ? 'ok' : result.code)));
    expect(Object.keys(addressProblems).filter((code) => !given.has(code as never))).toEqual([]);
  });
});
