import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** The folders of the packages of others that a bundle holds code of. */
const packagesIn = (metafile: Metafile): string[] => {
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs: parts }) => Object.entries(parts).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path));
  const folders = inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter((folder) => folder !== undefined);
  return [...new Set(folders)].sort();
};

/** The names, versions and licences of these packages: whoever passes on their code passes on these with it. */
export function bundledLicences(metafile: Metafile, root: string): string {
  const texts = packagesIn(metafile).map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: string };
    const file = readdirSync(join(root, folder)).find((one) => /^licen[cs]e/i.test(one));
    if (license === undefined && file === undefined) throw new Error(`The package ${name} says nothing of its licence.`);
    const text = file === undefined || !existsSync(join(root, folder, file)) ? '' : `\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`;
    return `${name} ${version}: ${license ?? 'see below'}\n${text}`;
  });
  return `The service holds code of these packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n`)}`;
}
