import { createAxiosTransport } from '@quietlist/client/axios-transport';
import { QuietlistClient } from '@quietlist/client/client';
import { QuietlistError } from '@quietlist/client/errors';
import { checkPurposes, wordsOf, type CheckPurpose } from '@quietlist/contract/vocabulary';
import { readArguments } from './arguments.ts';
import { UsageError, type Io } from './io.ts';

export const help = `quietlist check [--url URL] [--channel C] [--sender S] [--list L]… [--purpose P] [--json] ADDRESS…
  Asks a running service whether these addresses may be contacted. The API key comes from QUIETLIST_API_KEY,
  the URL from --url or QUIETLIST_URL (default http://127.0.0.1:8181).
  Exit code: 0 all may be contacted, 1 at least one is held, 2 at least one could not be checked.`;

/** A URL or key that cannot be right is a wrong word of the user's, told with what to do. */
function transportTo(baseUrl: string, apiKey: string): ReturnType<typeof createAxiosTransport> {
  try {
    return createAxiosTransport({ baseUrl, apiKey });
  } catch (error) {
    throw error instanceof QuietlistError ? new UsageError(`${error.message} ${error.hint}`) : error;
  }
}

export async function check(argv: string[], io: Io): Promise<number> {
  const { values, positionals } = readArguments(
    argv,
    { url: { type: 'string' }, channel: { type: 'string' }, sender: { type: 'string' }, list: { type: 'string', multiple: true }, purpose: { type: 'string' }, json: { type: 'boolean' } },
    true,
  );
  const apiKey = io.env['QUIETLIST_API_KEY'];
  if (!apiKey) throw new UsageError('Put the API key into the environment variable QUIETLIST_API_KEY.');
  if (positionals.length === 0) throw new UsageError('Give at least one address to check.');
  if (values.purpose !== undefined && !Object.hasOwn(checkPurposes, values.purpose)) throw new UsageError(`--purpose takes one of: ${wordsOf(checkPurposes).join(', ')}.`);

  const transport = transportTo(values.url ?? io.env['QUIETLIST_URL'] ?? 'http://127.0.0.1:8181', apiKey);
  const sleep = (durationMs: number) => new Promise<void>((resolve) => void setTimeout(resolve, durationMs));
  const client = new QuietlistClient({ transport, sleep, now: Date.now });
  try {
    const decisions = await client.checkMany(positionals, {
      ...(values.channel ? { channel: values.channel } : {}),
      ...(values.sender ? { sender: values.sender } : {}),
      ...(values.list ? { lists: values.list } : {}),
      ...(values.purpose ? { purpose: values.purpose as CheckPurpose } : {}),
    });
    decisions.forEach((decision, index) => {
      const { error: _error, ...answer } = decision;
      io.stdout.write(values.json ? `${JSON.stringify(answer)}\n` : `${index + 1}. ${answer.label}: ${answer.explanation}\n`);
    });
    return decisions.some(({ decision }) => decision === 'unknown') ? 2 : decisions.some(({ mayContact }) => !mayContact) ? 1 : 0;
  } finally {
    transport.close();
  }
}
