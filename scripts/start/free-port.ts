import { createServer } from 'node:net';

const listens = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(null));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      const found = typeof address === 'object' && address !== null ? address.port : null;
      probe.close(() => resolve(found));
    });
  });

/** The port that people know where it is free, else any free one. */
export async function freePort(preferred: number): Promise<number> {
  const port = (await listens(preferred)) ?? (await listens(0));
  if (port === null) throw new Error('There is no free port on this machine.');
  return port;
}
