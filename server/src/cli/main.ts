import { StoreRefused } from '../app/ports.ts';
import { Problem } from '../app/problem.ts';
import { version } from '../version.ts';
import { UsageError, type Io } from './io.ts';

/** One command; its module is loaded only when it is asked for. */
type Command = { run(argv: string[], io: Io): Promise<number>; help: string };

const commands: Record<string, () => Promise<Command>> = {
  serve: async () => { const { serve, help } = await import('./serve.ts'); return { run: serve, help }; },
  key: async () => { const { key, help } = await import('./key.ts'); return { run: key, help }; },
  check: async () => { const { check, help } = await import('./check.ts'); return { run: check, help }; },
  address: async () => { const { address, help } = await import('./address.ts'); return { run: address, help }; },
};

async function usage(): Promise<string> {
  const texts = await Promise.all(Object.values(commands).map(async (load) => (await load()).help));
  return `Quietlist ${version}: one do-not-contact list for every flow.\n\n${texts.join('\n\n')}\n`;
}

/** Errors that say in one sentence what to do; anything else is ours and keeps its name. */
const isForPeople = (error: unknown): error is Error =>
  error instanceof UsageError || error instanceof StoreRefused || error instanceof Problem || (error as { code?: string }).code === 'EADDRINUSE';

const sentenceOf = (error: Error): string =>
  (error as { code?: string }).code === 'EADDRINUSE' ? 'This port is taken by another program. Give another one with --port.' : error.message;

/** Runs one command and answers the exit code: 0 done, 64 wrong words, 1 anything else (a command may say otherwise). */
export async function main(argv: string[], io: Io): Promise<number> {
  const [name = '', ...rest] = argv;
  if (name === '--version' || name === '-v') return io.stdout.write(`${version}\n`), 0;
  if (['', 'help', '--help', '-h'].includes(name)) return io.stdout.write(await usage()), 0;
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) return io.stderr.write(`quietlist: there is no command "${name}". "quietlist help" lists them.\n`), 64;
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) return io.stdout.write(`${command.help}\n`), 0;
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (!isForPeople(error)) throw error;
    io.stderr.write(`quietlist: ${sentenceOf(error)}\n`);
    return error instanceof UsageError ? 64 : 1;
  }
}
