import { isAtLeast, roles, type Role } from '@quietlist/contract/roles';
import { wordsOf } from '@quietlist/contract/vocabulary';
import { limits } from '@quietlist/contract/limits';
import { createKey } from '../app/keys.ts';
import { ensureWorkspace } from '../app/workspaces.ts';
import { createPlatform } from '../platform.ts';
import { openStore } from '../store/open-store.ts';
import { readArguments } from './arguments.ts';
import { UsageError, type Io } from './io.ts';
import { firstWorkspace } from './serve.ts';
import { storeArguments, storeHelp, storePlace } from './store-place.ts';

export const help = `quietlist key create --role ROLE --name NAME [--data DIR | --database-url URL] [--workspace NAME]
  Creates an API key and prints it alone on stdout; it cannot be shown again. Works while the service runs.
${storeHelp}
  Roles: ${wordsOf(roles).map((role) => `${role} (${roles[role].toLowerCase()})`).join(', ')}.
  A workspace that does not exist yet is made (default: ${firstWorkspace}).`;

const isRole = (text: string | undefined): text is Role => text !== undefined && Object.hasOwn(roles, text) && isAtLeast(text as Role, 'viewer');

export async function key(argv: string[], io: Io): Promise<number> {
  const [verb, ...rest] = argv;
  if (verb !== 'create') throw new UsageError('Say "quietlist key create". Keys are listed and revoked through the API: see /docs.');
  const { values } = readArguments(rest, { ...storeArguments, role: { type: 'string' }, name: { type: 'string' }, workspace: { type: 'string' } });
  const { role, name } = values;
  if (!isRole(role)) throw new UsageError(`--role takes one of: ${wordsOf(roles).join(', ')}.`);
  const nameOf = (text: string | undefined, option: string): string => {
    if (!text?.trim() || text.length > limits.nameLength || /\p{Cc}/u.test(text)) throw new UsageError(`${option} takes 1 to ${limits.nameLength} characters on one line.`);
    return text;
  };
  const keyName = nameOf(name, '--name');
  const workspaceName = nameOf(values.workspace ?? firstWorkspace, '--workspace');

  const platform = createPlatform();
  const store = await openStore(storePlace(values, io.env));
  try {
    const secret = await store.write(async (writer) => {
      const workspace = await ensureWorkspace(writer, platform, workspaceName);
      return (await createKey(writer, platform, workspace, { name: keyName, role })).secret;
    });
    io.stdout.write(`${secret}\n`);
    return 0;
  } finally {
    await store.close();
  }
}
