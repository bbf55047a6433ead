/**
 * Addresses read per second on one core, beside libphonenumber-js alone on the same numbers in the same run: `node bench/addresses.ts [rounds]`.
 * Rates are of CPU time, so that other programs on the machine disturb them less; every figure is the median of the rounds.
 * Nothing is cached between addresses, so these are the rates of a list without repeats.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { parseAddress, type AddressOptions } from '../server/src/domain/address/address.ts';

const rounds = Number(process.argv[2] ?? 7);
const roundMs = 150;
const size = 5_000;

interface Case {
  name: string;
  goal?: number;
  run: () => number;
}

const digits = (length: number): string => Array.from({ length }, () => Math.floor(Math.random() * 10)).join('');
const oneOf = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)] as T;
const list = <T>(make: () => T): T[] => Array.from({ length: size }, make);
const number = (): string => `+${oneOf([() => `1415555${digits(4)}`, () => `55119${digits(8)}`, () => `4915${digits(9)}`, () => `447${digits(9)}`, () => `9198${digits(8)}`, () => `5255${digits(8)}`, () => `54911${digits(8)}`, () => `86138${digits(8)}`])()}`;
const grouped = (text: string): string => `${text.slice(0, 3)} (${text.slice(3, 6)}) ${text.slice(6, 9)}-${text.slice(9)}`;
const arabic = (text: string): string => text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
const name = (): string => `ann.${digits(6)}`;

const german: AddressOptions = { kind: 'phone', digits: 'national', defaultCountry: 'DE' };
const brazilian: AddressOptions = { kind: 'phone', digits: 'national', defaultCountry: 'BR' };
const phone: AddressOptions = { kind: 'phone' };
const email: AddressOptions = { kind: 'email' };

type Row = readonly [string, AddressOptions];
const forms: Record<string, Row[]> = {
  'phone +E.164 (fast path)': list(() => [number(), phone]),
  'phone digits': list(() => [number().slice(1), phone]),
  'phone formatted': list(() => [grouped(number()), phone]),
  'phone WhatsApp JID': list(() => [`${number().slice(1)}@s.whatsapp.net`, phone]),
  'phone whatsapp: URI': list(() => [`whatsapp:${number()}`, phone]),
  'phone national DE': list(() => [`0151 ${digits(8)}`, german]),
  'phone national BR': list(() => [`(11) 9${digits(4)}-${digits(4)}`, brazilian]),
  'phone trunk zero': list(() => [`+44 (0)20 7${digits(3)} ${digits(4)}`, phone]),
  'phone bidi marks': list(() => [`\u202a${number()}\u202c`, phone]),
  'phone Arabic digits': list(() => [arabic(number()), phone]),
  'phone old Mexican form': list(() => [`5215${oneOf([5, 3, 8])}${digits(8)}@s.whatsapp.net`, phone]),
  'phone extension': list(() => [`${grouped(number())} ext. ${digits(3)}`, phone]),
  'phone refused': list(() => [`+1415555${digits(2)}`, phone]),
  'e-mail simple': list(() => [`${name()}@example.com`, email]),
  'e-mail Gmail': list(() => [`${name()}+news@gmail.com`, email]),
  'e-mail upper case': list(() => [`${name().toUpperCase()}@Example.COM`, email]),
  'e-mail display name': list(() => [`"Ann B" <${name()}@example.com>`, email]),
  'e-mail mailto': list(() => [`mailto:${name()}@example.com?subject=Hi`, email]),
  'e-mail IDN': list(() => [`${name()}@bücher${digits(3)}.example`, email]),
  'e-mail refused': list(() => [`${name()}@example`, email]),
};
const rowsOf = (start: string, without: string): Row[] => Object.entries(forms).filter(([form]) => form.startsWith(start) && form !== without).flatMap(([, rows]) => rows).sort(() => Math.random() - 0.5);
const fastRows = forms['phone +E.164 (fast path)'] as Row[];
const nationalRows = forms['phone national DE'] as Row[];

let sink = 0;
const reading = (rows: Row[]) => (): number => {
  for (const [input, options] of rows) if (parseAddress(input, options).ok) sink += 1;
  return rows.length;
};
const library = (rows: Row[], country?: 'DE') => (): number => {
  for (const [input] of rows) if (parsePhoneNumberFromString(input, country === undefined ? { extract: false } : { defaultCountry: country, extract: false })?.isPossible()) sink += 1;
  return rows.length;
};

const cases: Case[] = [
  ...Object.entries(forms).map(([form, rows]): Case => ({ name: form, run: reading(rows), ...goalOf(form) })),
  { name: 'any phone (all forms above but the first)', goal: 150_000, run: reading(rowsOf('phone', 'phone +E.164 (fast path)')) },
  { name: 'any e-mail (all forms above but the first)', goal: 300_000, run: reading(rowsOf('e-mail', 'e-mail simple')) },
  { name: 'libphonenumber-js alone, +E.164', run: library(fastRows) },
  { name: 'libphonenumber-js alone, national DE', run: library(nationalRows, 'DE') },
];

function goalOf(form: string): { goal?: number } {
  return form === 'phone +E.164 (fast path)' ? { goal: 2_000_000 } : form === 'e-mail simple' ? { goal: 5_000_000 } : {};
}

function rate(run: () => number): number {
  let done = 0;
  const start = process.cpuUsage();
  for (;;) {
    done += run();
    const { user, system } = process.cpuUsage(start);
    if (user + system > roundMs * 1_000) return (done / (user + system)) * 1e6;
  }
}

const median = (values: number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] as number;

for (const { run } of cases) rate(run); // Warm up.
const rates = new Map<string, number[]>(cases.map((entry) => [entry.name, []]));
for (let round = 0; round < rounds; round += 1) for (const entry of cases) rates.get(entry.name)?.push(rate(entry.run));
const medians = new Map([...rates].map(([form, values]) => [form, median(values)]));

const libraryRate = medians.get('libphonenumber-js alone, +E.164') as number;
const nationalRate = medians.get('libphonenumber-js alone, national DE') as number;
const shown = (value: number): string => (value >= 1e6 ? `${(value / 1e6).toFixed(2)} M/s` : `${Math.round(value / 1e3)} k/s`);
const lines = cases.map(({ name: form, goal }) => {
  const value = medians.get(form) as number;
  const ratio = form.includes('e-mail') ? '' : `${(value / (form.includes('national') ? nationalRate : libraryRate)).toFixed(1)} ×`;
  return [form.padEnd(44), shown(value).padStart(10), ratio.padStart(9), (goal === undefined ? '' : `≥ ${shown(goal)} ${value >= goal ? 'met' : 'MISSED'}`).padStart(20)].join('  ');
});
console.log(`Node ${process.version}, one core, median of ${rounds} rounds, no cache\n`);
console.log(['form'.padEnd(44), 'rate'.padStart(10), '÷ library'.padStart(9), 'goal'.padStart(20)].join('  '));
console.log(lines.join('\n'));
if (sink === 0) throw new Error('Nothing was read.');
