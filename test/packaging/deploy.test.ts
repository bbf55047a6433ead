import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { defaultHttpOptions } from '../../server/src/http/options.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const json = (path: string) => JSON.parse(read(path));

/** Names of environment variables that the service reads. */
const known = new Set(
  readdirSync(join(root, 'server/src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [...read(join('server/src', path)).matchAll(/env\['([A-Z_]+)'\]/g)].map(([, name]) => name as string)),
);
const defaultPort = /env\['QUIETLIST_PORT'\] \?\? '(\d+)'/.exec(read('server/src/cli/serve.ts'))?.[1] as string;

/** The instructions of a Dockerfile, one line each. */
const instructions = read('deploy/Dockerfile').replace(/^#.*\n/gm, '').replace(/\\\n\s*/g, ' ').split('\n').filter((line) => line !== '').map((line) => {
  const [name = '', ...words] = line.split(/\s+/);
  return { name, words };
});
const words = (name: string): string[][] => instructions.filter((one) => one.name === name).map((one) => one.words);

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string; target: string };
  ports?: string[];
  env_file?: string[];
  volumes?: string[];
  networks?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: object;
  environment?: Record<string, string>;
  init?: boolean;
}
const compose = parse(read('deploy/docker-compose.yml')) as { services: Record<string, Service>; volumes: object; networks: object };
const services = Object.entries(compose.services);

describe('deploy/Dockerfile', () => {
  const stages = words('FROM').map(([image, , name]) => ({ image: image as string, name }));

  it('begins every stage with the Node that everything was tested on', () => {
    const versions = new Set(Object.values(json('scripts/package.json').optionalDependencies));
    for (const { image } of stages) expect([...versions].map((version) => `node:${String(version)}-slim`)).toEqual([image]);
  });

  it('copies only what is there, and only what the builder is sent', () => {
    const sent = read('deploy/Dockerfile.dockerignore').split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const sources = words('COPY').filter(([first]) => !first?.startsWith('--')).flatMap((paths) => paths.slice(0, -1));
    expect(sources.length).toBeGreaterThan(10);
    for (const source of sources) {
      expect(existsSync(join(root, source)), source).toBe(true);
      expect(sent, source).toContain(source.split('/')[0]);
    }
    const from = words('COPY').flatMap(([first]) => (first?.startsWith('--from=') ? [first.slice('--from='.length)] : []));
    expect(from.every((stage) => stages.some(({ name }) => name === stage))).toBe(true);
  });

  it('gives npm the manifest of every workspace before it installs', () => {
    const before = instructions.slice(0, instructions.findIndex(({ name }) => name === 'RUN')).flatMap(({ words: paths }) => paths);
    for (const workspace of json('package.json').workspaces as string[]) expect(before, workspace).toContain(`${workspace}/package.json`);
    expect(words('RUN').filter(([, verb]) => verb === 'install' || verb === 'i')).toEqual([]);
  });

  it('puts the packs where n8n and Node-RED look for them, under their names', () => {
    const targets = words('COPY').map((paths) => paths.at(-1));
    expect(targets).toContain(`/packs/n8n/nodes/node_modules/${String(json('package.json').name)}/package.json`);
    expect(targets).toContain(`/packs/node-red/node_modules/${String(json('node-red/package.json').name)}`);
    for (const [pack, folder] of [['package.json', ''], ['node-red/package.json', 'node-red/']] as const) {
      for (const file of json(pack).files as string[]) expect(words('COPY').flat(), `${folder}${file}`).toContain(`/build/${folder}${file}`);
    }
  });

  it('runs the service as nobody special, with settings that the service reads, and asks whether it is ready', () => {
    const service = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
    const one = (name: string): string => service.find((instruction) => instruction.name === name)?.words.join(' ') ?? '';
    expect(one('USER')).toBe('node');
    expect(one('EXPOSE')).toBe(defaultPort);
    expect(one('HEALTHCHECK')).toContain('/ready');
    expect(one('ENTRYPOINT')).toBe('["node", "/opt/quietlist/server/bin/quietlist.js"]');
    for (const [name] of one('ENV').matchAll(/[A-Z_]+(?==)/g)) expect(name === 'NODE_ENV' || known.has(name), name).toBe(true);
    expect(one('ENV')).toContain(`QUIETLIST_PORT=${defaultPort}`);
  });
});

describe('deploy/docker-compose.yml', () => {
  it('has n8n, Node-RED, Quietlist, PostgreSQL and the packs', () => {
    expect(Object.keys(compose.services).toSorted()).toEqual(['n8n', 'node-red', 'packs', 'postgres', 'quietlist']);
  });

  it('pins every image; n8n and Node-RED are those that the packs are tested with', () => {
    const { devDependencies } = json('package.json');
    for (const [name, { image, build }] of services) expect(build !== undefined || /:\d+\.\d+[\w.-]*$/.test(image ?? ''), name).toBe(true);
    expect(compose.services['n8n']?.image).toMatch(new RegExp(`:${String(devDependencies['n8n-core'])}$`));
    expect(compose.services['node-red']?.image).toMatch(new RegExp(`:${String(devDependencies['node-red'])}-`));
  });

  it('builds from stages of the Dockerfile', () => {
    for (const [, { build }] of services) {
      if (!build) continue;
      expect(existsSync(join(root, 'deploy', build.context, build.dockerfile))).toBe(true);
      expect(words('FROM').map((from) => from[2])).toContain(build.target);
    }
  });

  it('opens its ports to this machine only, and PostgreSQL to none', () => {
    for (const [name, { ports = [] }] of services) {
      for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    }
    expect(compose.services['quietlist']?.ports).toEqual([`127.0.0.1:${defaultPort}:${defaultPort}`]);
    expect(compose.services['postgres']).toMatchObject({ networks: ['store'] });
    expect(compose.services['postgres']?.ports).toBeUndefined();
    expect(compose.networks).toMatchObject({ store: { internal: true } });
  });

  it('names only volumes, networks and services that are declared, and checks the health of all that stay', () => {
    for (const [name, { volumes = [], networks = [], depends_on = {}, healthcheck, build }] of services) {
      for (const volume of volumes) expect(Object.keys(compose.volumes), name).toContain(volume.split(':')[0]);
      for (const network of networks) expect(Object.keys(compose.networks), name).toContain(network);
      for (const needed of Object.keys(depends_on)) expect(Object.keys(compose.services), name).toContain(needed);
      expect(healthcheck !== undefined || build !== undefined, name).toBe(true);
    }
    expect(compose.services['packs']?.volumes?.map((volume) => volume.split(':')[1]).toSorted()).toEqual(['/n8n', '/node-red']);
  });

  it('takes secrets from files of their own, each with an example whose names are read, and none is kept in the repository', () => {
    expect(read('deploy/.gitignore')).toContain('env/*.env\n');
    for (const [name, { env_file = [] }] of services) {
      for (const file of env_file) expect(existsSync(join(root, 'deploy', `${file}.example`)), name).toBe(true);
    }
    const names = [...read('deploy/env/quietlist.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name as string);
    expect(names).toContain('DATABASE_URL');
    for (const name of names) expect(known.has(name), name).toBe(true);
    expect(read('deploy/docker-compose.yml')).not.toMatch(/password|secret/i);
  });

  it('lets the service answer what is under way before it is killed', () => {
    expect(compose.services['quietlist']).toMatchObject({ init: true, stop_grace_period: '15s' });
    expect(defaultHttpOptions.stopWithinMs).toBeLessThan(10_000);
  });
});

describe('deploy/quietlist.service', () => {
  const unit = read('deploy/quietlist.service');
  const setting = (name: string): string[] => [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value as string);

  it('starts the command as it is installed, as a user of its own, in a folder of its own', () => {
    expect(setting('ExecStart')).toEqual(['/usr/bin/node /opt/quietlist/server/bin/quietlist.js serve']);
    expect(existsSync(join(root, 'server/bin/quietlist.js'))).toBe(true);
    expect([setting('User'), setting('StateDirectory'), setting('StateDirectoryMode')]).toEqual([['quietlist'], ['quietlist'], ['0700']]);
    expect(setting('Environment')).toContain('QUIETLIST_DATA=/var/lib/quietlist');
  });

  it('names only settings that the service reads, waits for its stop, and starts it again after a crash', () => {
    for (const value of [...setting('Environment'), ...unit.match(/\bQUIETLIST_[A-Z_]+|DATABASE_URL/g) ?? []]) {
      const name = value.split('=')[0] as string;
      expect(name === 'NODE_ENV' || known.has(name), name).toBe(true);
    }
    expect(Number(setting('TimeoutStopSec')[0]) * 1_000).toBeGreaterThan(defaultHttpOptions.stopWithinMs);
    expect(setting('Restart')).toEqual(['on-failure']);
  });

  it('takes from the service every right that it does not need', () => {
    expect(setting('CapabilityBoundingSet')).toEqual(['']);
    for (const name of ['NoNewPrivileges', 'ProtectHome', 'PrivateTmp', 'PrivateDevices', 'ProtectKernelTunables', 'RestrictNamespaces', 'LockPersonality']) expect(setting(name), name).toEqual(['yes']);
    expect(setting('ProtectSystem')).toEqual(['strict']);
  });
});
