import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sourceFolders = ['contract/src', 'contract/scripts', 'client/src', 'server/src', 'nodes', 'credentials', 'node-red/src', 'node-red/scripts', 'scripts', 'bench', 'examples', 'test'];

interface SourceFile {
  path: string;
  text: string;
}

const files: SourceFile[] = sourceFolders.flatMap((folder) => {
  let found: string[] = [];
  try {
    found = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  return found.filter((name) => /\.(ts|mts|js|mjs)$/.test(name) && !/(^|\/)(node_modules|dist|generated)\//.test(name)).map((name) => ({ path: join(folder, name), text: readFileSync(join(root, folder, name), 'utf8') }));
});

const packages: Record<string, string> = { '@quietlist/contract': 'contract/src', '@quietlist/client': 'client/src', '@quietlist/server': 'server/src' };

/** What a file imports: paths of ours from the root, names of anything else. Type imports count, too: they are knowledge. */
function importsOf({ path, text }: SourceFile): string[] {
  const specifiers = [...text.matchAll(/(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|\brequire\(\s*['"]([^'"]+)['"]\s*\)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
  return specifiers.map((specifier) => {
    if (specifier.startsWith('.')) return relative(root, resolve(root, dirname(path), specifier));
    const own = Object.entries(packages).find(([name]) => specifier === name || specifier.startsWith(`${name}/`));
    return own ? `${own[1]}${specifier.slice(own[0].length)}` : specifier;
  });
}

const isOurs = (name: string): boolean => sourceFolders.some((folder) => name.startsWith(`${folder}/`)) || name.startsWith('contract/') || name.startsWith('server/') || name.startsWith('client/');
const inside = (...folders: string[]) => (name: string): boolean => folders.some((folder) => name === folder || name.startsWith(folder.endsWith('/') ? folder : `${folder}/`) || name === `${folder}.ts`);

/** Imports of a folder that the given rule does not allow, as readable lines. */
function strays(folder: string, allows: (imported: string, file: SourceFile) => boolean): string[] {
  const own = files.filter(({ path }) => path.startsWith(`${folder}/`));
  expect(own.length, `${folder} has files`).toBeGreaterThan(0);
  return own.flatMap((file) => importsOf(file).filter((imported) => !allows(imported, file)).map((imported) => `${file.path} imports ${imported}`));
}

/** Punycode, a pure function of Node's: the one thing of the platform that reading an e-mail address takes. */
const pureDomainNames = 'node:url';

describe('dependencies point one way', () => {
  it('the contract knows nobody but its schema library', () => {
    expect(strays('contract/src', (name) => inside('contract/src')(name) || name === 'typebox')).toEqual([]);
  });

  it('the client knows the contract and itself, without Node, timers of its own or axios outside its axios transport', () => {
    const allowed = inside('contract/src', 'client/src');
    expect(strays('client/src', (name, { path }) => allowed(name) || (path === 'client/src/axios-transport.ts' && (name === 'axios' || name.startsWith('node:'))))).toEqual([]);
    const timers = files.filter(({ path, text }) => path.startsWith('client/src/') && path !== 'client/src/axios-transport.ts' && /\b(setTimeout|setInterval|process|globalThis)\b\s*[.(]/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')));
    expect(timers.map(({ path }) => path)).toEqual([]);
  });

  it('the n8n nodes know the client, the contract, n8n and what verifies a signature, never the server', () => {
    for (const folder of ['nodes', 'credentials']) {
      expect(strays(folder, (name) => inside('contract/src', 'client/src', 'nodes', 'credentials')(name) || name === 'n8n-workflow' || name === 'node:crypto')).toEqual([]);
    }
  });

  it('the Node-RED nodes know the client and the contract, never the server', () => {
    expect(strays('node-red/src', (name) => !isOurs(name) || inside('contract/src', 'client/src', 'node-red/src')(name))).toEqual([]);
  });

  it('the domain knows the contract and itself, does no input or output, and reads phones by one library', () => {
    expect(strays('server/src/domain', (name, { path }) => inside('contract/src', 'server/src/domain')(name) || (path.startsWith('server/src/domain/address/') && (name.startsWith('libphonenumber-js') || name === pureDomainNames)))).toEqual([]);
  });

  it('the use cases know the domain and the contract, and reach the world through their ports', () => {
    expect(strays('server/src/app', (name) => inside('contract/src', 'server/src/domain', 'server/src/app')(name) || ['node:crypto', 'node:zlib'].includes(name))).toEqual([]);
  });

  it('the providers know the domain and the contract, and reach nobody: what they fetch is fetched for them', () => {
    expect(strays('server/src/providers', (name) => inside('contract/src', 'server/src/domain', 'server/src/providers')(name) || name === 'node:crypto' || name === 'node:http')).toEqual([]);
  });

  it('the stores know the use cases’ ports and the domain, nothing above', () => {
    expect(strays('server/src/store', (name) => !isOurs(name) || inside('contract/src', 'server/src/domain', 'server/src/app', 'server/src/store')(name))).toEqual([]);
  });

  it('HTTP, pages and jobs know no store and no command', () => {
    for (const folder of ['server/src/http', 'server/src/pages', 'server/src/jobs']) {
      expect(strays(folder, (name) => !inside('server/src/store', 'server/src/cli', 'client/src')(name))).toEqual([]);
    }
  });

  it('only outbound opens connections of the service’s own: what calls others looks where it leads', () => {
    const server = files.filter(({ path }) => path.startsWith('server/src/'));
    const elsewhere = server.filter(({ path }) => !/^server\/src\/(outbound|cli|store)\//.test(path));
    expect(elsewhere.flatMap((file) => importsOf(file).filter((name) => /^(node:(https|tls|dns|dgram|http2)(\/.*)?|undici|axios)$/.test(name)).map((name) => `${file.path} imports ${name}`))).toEqual([]);
    const calls = /(?<![.\w])fetch\(|import \{[^}]*\b(?:connect|createConnection|request|get)\b[^}]*\} from 'node:(?:net|http)'|new (?:Socket|WebSocket|EventSource)\(/;
    expect(elsewhere.filter(({ text }) => calls.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''))).map(({ path }) => path)).toEqual([]);
    expect(strays('server/src/outbound', (name) => !isOurs(name) || inside('contract/src', 'server/src/app/outbound.ts', 'server/src/outbound')(name))).toEqual([]);
  });

  it('only the stores import a database driver', () => {
    const drivers = /^(node:sqlite|better-sqlite3|pg|pg-.*|kysely.*|sqlite3)$/;
    const offenders = files.filter(({ path }) => /^(contract|client|server|nodes|credentials|node-red)\//.test(path) && !path.startsWith('server/src/store/')).flatMap((file) => importsOf(file).filter((name) => drivers.test(name)).map((name) => `${file.path} imports ${name}`));
    expect(offenders).toEqual([]);
  });

  it('only the command line knows every layer: nobody imports it', () => {
    const offenders = files.filter(({ path }) => path.startsWith('server/src/') && !path.startsWith('server/src/cli/')).flatMap((file) => importsOf(file).filter(inside('server/src/cli')).map((name) => `${file.path} imports ${name}`));
    expect(offenders).toEqual([]);
  });
});

describe('source files', () => {
  it('are at most 400 lines long', () => {
    expect(files.filter(({ text }) => text.split('\n').length > 401).map(({ path, text }) => `${path}: ${text.split('\n').length} lines`)).toEqual([]);
  });

  it('have names in kebab case, but for those that n8n gives its own', () => {
    const offenders = files.filter(({ path }) => !/^(nodes|credentials)\//.test(path)).map(({ path }) => path).filter((path) => !/^[a-z0-9/.-]+$/.test(path));
    expect(offenders).toEqual([]);
  });

  it('skip no test and leave nothing to do', () => {
    const offenders = files.filter(({ path, text }) => path !== 'test/unit/architecture.test.ts' && /\b(?:it|describe|test)\.(?:skip|only|todo|fixme)\b|\bTODO\b|\bFIXME\b/.test(text));
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });
});
