import { describe, expect, it } from 'vitest';
import { address } from '../../../server/src/cli/address.ts';

async function run(argv: string[], ...chunks: Array<string | Buffer>): Promise<{ code: number; lines: string[] }> {
  let output = '';
  const stdin = (async function* () {
    yield* chunks;
  })();
  const code = await address(argv, { stdin, stdout: { write: (text) => (output += text) }, stderr: { write: () => undefined } });
  return { code, lines: output.split('\n').slice(0, -1) };
}

describe('quietlist address', () => {
  it('answers one JSON line for every JSON line, also for lines that are none', async () => {
    const input = [
      '{"kind":"phone","input":"0151 23438657","opts":{"defaultCountry":"DE"}}',
      'not json',
      '[1]',
      '{"kind":"email","input":"A.nn+x@gmail.com"}',
      '{"input":"123456","opts":{"channel":"telegram"}}',
      '{"kind":"phone","input":5215512345678}',
      '{"kind":"phone","input":"14155552671","opts":{"digits":"guess"}}',
      '{}',
    ];
    const { code, lines } = await run(['--json'], `${input.join('\n')}\n`);
    expect(code).toBe(0);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { kind: 'phone', address: '+4915123438657', key: '+4915123438657' },
      { error: 'malformed_json' },
      { error: 'malformed_json' },
      { kind: 'email', address: 'A.nn+x@gmail.com', key: 'a.nn+x@gmail.com', mailbox: 'ann@gmail.com' },
      { kind: 'handle', address: '123456', key: 'telegram::123456' },
      { kind: 'phone', address: '+5215512345678', key: '+525512345678', matchedBy: 'mx_mobile_1' },
      { error: 'malformed_options' },
      { error: 'not_text' },
    ]);
  });

  it('reads lines and characters that arrive in pieces, and a last line without an end', async () => {
    const bytes = Buffer.from('{"kind":"email","input":"ann@bücher.example"}\r\n{"kind":"phone","input":"+14155552671"}');
    const cut = bytes.indexOf(0xc3) + 1;
    const { lines } = await run(['--json'], bytes.subarray(0, cut), bytes.subarray(cut));
    expect(lines.map((line) => (JSON.parse(line) as { key: string }).key)).toEqual(['ann@xn--bcher-kva.example', '+14155552671']);
  });

  it('prints a readable line for each argument, with the sentence of what is wrong', async () => {
    const { code, lines } = await run(['--country', 'BR', '--digits', 'national', '(11) 8765-4321', 'Ann@Example.com', 'INFOSMS']);
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/phone +\+5511987654321 {2}send to \+551187654321 {2}by br_ninth_digit$/);
    expect(lines[1]).toMatch(/email +ann@example\.com {2}send to Ann@example\.com$/);
    expect(lines[2]).toMatch(/not read +letters: A phone number has no letters\./);
  });

  it('reads lines from stdin when there are no arguments', async () => {
    const { lines } = await run([], '+14155552671\n\nann@example.com\n');
    expect(lines.map((line) => line.split(/\s+/)[1])).toEqual(['phone', 'email']);
  });

  it('refuses a digits mode that it does not know', async () => {
    await expect(run(['--digits', 'guess', '+14155552671'])).rejects.toThrow('--digits takes national or international.');
  });
});
