import { createAxiosTransport } from '@quietlist/client/axios-transport';
import { QuietlistError } from '@quietlist/client/errors';
import type { TransportResponse } from '@quietlist/client/transport';
import { routes } from '@quietlist/contract/routes';
import { isMe } from '@quietlist/contract/validators';
import { ok, problem, warning, type Finding } from './finding.ts';

const timeoutMs = 5_000;
/** Sent where no key was given: the routes asked with it need none. */
const noKey = 'none';

/** Whether a service answers at a URL, and what a key may do there. */
export async function serviceFindings(baseUrl: string, apiKey: string | undefined): Promise<Finding[]> {
  let transport;
  try {
    transport = createAxiosTransport({ baseUrl, apiKey: apiKey ?? noKey });
  } catch (error) {
    if (error instanceof QuietlistError) return [problem(`The URL or the key cannot be used: ${error.message}`, 'Correct --url, or QUIETLIST_API_KEY.')];
    throw error;
  }
  const get = (path: string): Promise<TransportResponse | null> => transport.send({ method: 'GET', path, headers: {}, timeoutMs }).catch(() => null);
  try {
    const ready = await get(routes.ready.path);
    if (!ready) return [problem('The service cannot be reached.', 'Check that it runs, its port and the way to it.')];
    if (ready.status !== 200) return [problem(`The service is not ready (status ${ready.status}).`, 'Look into its log: the store does not answer, or it is stopping.')];
    if (apiKey === undefined) return [ok('The service is ready.'), warning('No key was checked.', 'Put one into QUIETLIST_API_KEY.')];
    const me = await get(routes.getMe.path);
    if (me?.status === 200 && isMe(me.body)) return [ok('The service is ready.'), ok(`The key is valid: role ${me.body.role}.`)];
    return [ok('The service is ready.'), problem(`The key is refused (status ${me?.status ?? 'none'}).`, 'Use one that is neither revoked nor expired, of this service.')];
  } finally {
    transport.close();
  }
}
