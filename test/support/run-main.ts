import { main } from '../../server/src/cli/main.ts';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command in this process, with nothing of its environment. */
export async function runMain(argv: string[], env: Record<string, string> = {}): Promise<Outcome> {
  const outcome = { stdout: '', stderr: '' };
  const io = {
    stdin: (async function* () {})(),
    stdout: { write: (text: string) => void (outcome.stdout += text) },
    stderr: { write: (text: string) => void (outcome.stderr += text) },
    env,
  };
  return { code: await main(argv, io), ...outcome };
}
