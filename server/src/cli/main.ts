import { StoreRefused, StoreUnavailable } from '../app/ports.ts';
import { Problem } from '../app/problem.ts';
import { version } from '../version.ts';
import { UsageError, type Io } from './io.ts';

/** One command; its module is loaded only when it is asked for. */
type Command = { run(argv: string[], io: Io): Promise<number>; help: string };

const commands: Record<string, () => Promise<Command>> = {
  serve: async () => { const { serve, help } = await import('./serve.ts'); return { run: serve, help }; },
  key: async () => { const { key, help } = await import('./key.ts'); return { run: key, help }; },
  check: async () => { const { check, help } = await import('./check.ts'); return { run: check, help }; },
  doctor: async () => { const { doctor, help } = await import('./doctor.ts'); return { run: doctor, help }; },
  backup: async () => { const { backup, help } = await import('./backup.ts'); return { run: backup, help }; },
  copy: async () => { const { copy, help } = await import('./copy.ts'); return { run: copy, help }; },
  address: async () => { const { address, help } = await import('./address.ts'); return { run: address, help }; },
};

async function usage(): Promise<string> {
  const texts = await Promise.all(Object.values(commands).map(async (load) => (await load()).help));
  return `Quietlist ${version}: one do-not-contact list for every flow.\n\n${texts.join('\n\n')}\n`;
}

/** Why a port cannot be listened on, by the system's own code. */
const listenProblems: Record<string, string> = {
  EADDRINUSE: 'This port is taken by another program. Give another one with --port.',
  EACCES: 'This user may not listen on this port. Give another one with --port, 1024 or higher.',
  EADDRNOTAVAIL: 'This machine does not have this address. Give another one with --host.',
  ENOTFOUND: 'This host name is not known. Give another one with --host.',
};

/** What people are told in one sentence; null for anything else, which is a mistake of ours and keeps its stack. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof UsageError || error instanceof StoreRefused || error instanceof StoreUnavailable || error instanceof Problem) return error.message;
  return listenProblems[(error as { code?: string }).code ?? ''] ?? null;
}

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
    const sentence = sentenceOf(error);
    if (sentence === null) throw error;
    io.stderr.write(`quietlist: ${sentence}\n`);
    return error instanceof UsageError ? 64 : 1;
  }
}
