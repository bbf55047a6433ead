import type { FastifyRequest } from 'fastify';
import { Problem } from '../app/problem.ts';

const isOfThisMachine = (hostname: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);

/**
 * The address under which recipients reach the service, without a slash at its end; null for one that cannot stand in a message. Mail
 * programs press the button of `List-Unsubscribe` over https only (RFC 8058), so plain http is for trying things out on one machine.
 */
export function publicUrlOf(text: string): string | null {
  if (!URL.canParse(text) || /[\s<>\\]/.test(text)) return null;
  const { protocol, hostname, origin, pathname, username, password, href } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && isOfThisMachine(hostname))) return null;
  if (username !== '' || password !== '' || /[?#]/.test(href)) return null;
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

const hostShape = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/** The address by which this request came: where nobody has said what the public one is. */
export function originOf(request: FastifyRequest): string {
  const { host } = request.headers;
  if (host === undefined || !hostShape.test(host) || !URL.canParse(`${request.protocol}://${host}`)) {
    throw new Problem('invalid-request', 'The header Host is no name of this service.', [{ pointer: 'Host', message: 'Not usable.' }]);
  }
  return `${request.protocol}://${host.toLowerCase()}`;
}
