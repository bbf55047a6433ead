import { addressProblems } from '@quietlist/contract/address-problems';
import { parseAddress, type AddressOptions, type AddressResult } from '../domain/address/address.ts';
import { readArguments } from './arguments.ts';
import { UsageError, type Io } from './io.ts';

export const help = `quietlist address [--json] [--country CC] [--digits national|international] [--channel C] [ADDRESS…]
  Shows how addresses are read: what one would send to, and the key that matches. Without arguments it reads lines from stdin.
  With --json it reads one JSON a line, {"kind"?, "input", "opts"?: {"digits"?, "defaultCountry"?, "channel"?, "scope"?}}, and prints
  one JSON a line, {"kind", "address", "key", "mailbox"?, "matchedBy"?} or {"error"}. Nothing is stored and no service is asked.`;

const digitModes = ['international', 'national'];
const addressKinds = ['phone', 'email', 'handle'];

/** Each address on its own: one that cannot be read, or a line that is no JSON, never ends the run. */
export async function address(argv: string[], io: Pick<Io, 'stdin' | 'stdout' | 'stderr'>): Promise<number> {
  const { values, positionals } = readArguments(
    argv,
    { json: { type: 'boolean' }, country: { type: 'string' }, digits: { type: 'string' }, channel: { type: 'string' } },
    true,
  );
  if (values.digits !== undefined && !digitModes.includes(values.digits)) throw new UsageError('--digits takes national or international.');
  const defaults: AddressOptions = {
    ...(values.country === undefined ? {} : { defaultCountry: values.country }),
    ...(values.digits === undefined ? {} : { digits: values.digits as 'national' }),
    ...(values.channel === undefined ? {} : { channel: values.channel }),
  };
  const show = values.json ? jsonLine : tableLine;
  if (positionals.length > 0) {
    io.stdout.write(positionals.map((text) => show(text, parseAddress(text, defaults))).join(''));
    return 0;
  }
  for await (const lines of linesOf(io.stdin)) {
    io.stdout.write(lines.map((line) => (values.json ? fromJson(line, defaults) : line.trim() === '' ? '' : tableLine(line, parseAddress(line, defaults)))).join(''));
  }
  return 0;
}

function fromJson(line: string, defaults: AddressOptions): string {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    return '{"error":"malformed_json"}\n';
  }
  if (!isRecord(row)) return '{"error":"malformed_json"}\n';
  const { kind, input, opts } = row;
  const options = optionsOf(kind, opts ?? {});
  return options === undefined ? '{"error":"malformed_options"}\n' : jsonLine(line, parseAddress(input, { ...defaults, ...options }));
}

/** The options of a line, or undefined when one of them is not what it may be: an option that was misread would read the address wrongly. */
function optionsOf(kind: unknown, given: unknown): AddressOptions | undefined {
  if (!isRecord(given)) return undefined;
  const known = ['digits', 'defaultCountry', 'channel', 'scope'];
  const options = Object.fromEntries(Object.entries({ kind, ...given }).filter(([name, value]) => (name === 'kind' || known.includes(name)) && value !== undefined && value !== null));
  if (Object.values(options).some((value) => typeof value !== 'string')) return undefined;
  if (options['kind'] !== undefined && !addressKinds.includes(options['kind'] as string)) return undefined;
  if (options['digits'] !== undefined && !digitModes.includes(options['digits'] as string)) return undefined;
  return options as AddressOptions;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function jsonLine(_input: string, result: AddressResult): string {
  return `${JSON.stringify(result.ok ? result.value : { error: result.code })}\n`;
}

function tableLine(input: string, result: AddressResult): string {
  const shown = JSON.stringify(input.trim()).slice(1, -1).padEnd(36);
  if (!result.ok) return `${shown}  ${'not read'.padEnd(8)}  ${result.code}: ${addressProblems[result.code]}\n`;
  const { kind, address: sendTo, key, mailbox, matchedBy } = result.value;
  const notes = [sendTo === key ? '' : `send to ${sendTo}`, mailbox === undefined || mailbox === key ? '' : `mailbox ${mailbox}`, matchedBy === undefined ? '' : `by ${matchedBy}`];
  return `${shown}  ${kind.padEnd(8)}  ${[key, ...notes.filter((note) => note !== '')].join('  ')}\n`;
}

/** The lines of each chunk as it arrives; a line or a character cut by a chunk is kept for the next. */
async function* linesOf(stream: AsyncIterable<Buffer | string>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines.map(withoutReturn);
  }
  rest += decoder.decode();
  if (rest !== '') yield [withoutReturn(rest)];
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
