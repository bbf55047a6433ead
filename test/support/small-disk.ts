import { spawnSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

export interface SmallDisk {
  folder: string;
  grow(): void;
}

/** A file system of two megabytes, where this user may mount one; null elsewhere. */
export function mountSmallDisk(): SmallDisk | null {
  const folder = temporaryFolder();
  const mount = (options: string): boolean => spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
  if (!mount('size=2m')) return null;
  onTestFinished(() => void spawnSync('umount', [folder]));
  return { folder, grow: () => void mount('remount,size=64m') };
}
