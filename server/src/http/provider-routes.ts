import type { ProviderAnswer } from '@quietlist/contract/connection';
import { limits } from '@quietlist/contract/limits';
import { providers, type Provider } from '@quietlist/contract/providers';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOfConnection, findConnection } from '../app/connections.ts';
import type { Caller } from '../app/context.ts';
import type { Outbound } from '../app/outbound.ts';
import type { ConnectionBody } from '../app/ports.ts';
import { Problem } from '../app/problem.ts';
import { receiveFromProvider, useOnce } from '../app/receive-from-provider.ts';
import type { Signal } from '../domain/signal.ts';
import { adapters } from '../providers/adapters.ts';
import { createOutbound } from '../outbound/outbound.ts';
import type { Judging, RawRequest, Signed } from '../providers/provider.ts';
import { bodyBytes, type Gate } from './gate.ts';
import type { Services } from './services.ts';

export interface ProviderRoutes {
  services: Services;
  gate: Gate;
  publicUrl: string | null;
}

interface Named {
  provider: string;
  connection: string;
}

const isProvider = (name: string): name is Provider => Object.hasOwn(adapters, name);

/** What a body says, or the problem that it says nothing that this provider would. */
export function signalsIn(provider: Provider, body: unknown): Signal[] {
  const signals = adapters[provider].read(body);
  if (!signals) throw new Problem('invalid-request', `The body is no webhook of ${providers[provider]}.`, [{ pointer: '', message: 'No webhook of this provider.' }]);
  return signals;
}

/** Twilio posts forms; through a flow they come as JSON or as they are. */
export function readProviderForms(scope: FastifyInstance): void {
  scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => adapters.twilio.parse?.(body));
}

/** Where the provider may have sent the request. Without a public URL that is the host it named, whichever scheme stands in front of the service. */
function urlsOf(request: FastifyRequest, publicUrl: string | null): string[] {
  const path = request.raw.url ?? '';
  return publicUrl === null ? ['https', 'http'].map((scheme) => `${scheme}://${request.headers.host ?? ''}${path}`) : [publicUrl + path];
}

function rawRequestOf(request: FastifyRequest, publicUrl: string | null): RawRequest {
  const names = request.raw.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  return {
    urls: urlsOf(request, publicUrl),
    headers: request.headers,
    headerCount: (name) => names.filter((other) => other === name).length,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
}

function parsedJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString().replace(/^\ufeff/, '')) as unknown;
  } catch {
    throw new Problem('malformed-json');
  }
}

/** What adapters are given to judge with. What a provider does not serve now it may serve when its webhook comes again. */
const judgingOf = (services: Services, outbound: Outbound, request: FastifyRequest): Judging => ({
  now: services.platform.clock(),
  async fetchText(url) {
    const outcome = await outbound.get(url);
    if ('body' in outcome && outcome.status === 200) return outcome.body;
    request.log.warn({ requestId: request.id, reason: 'error' in outcome ? outcome.error : `status ${outcome.status}` }, 'certificate unavailable');
    throw new Problem('certificate-unavailable');
  },
});

/**
 * Webhooks that providers send by themselves: no key, but a signature made with the secret of the connection over the very bytes that came.
 * Without a right one nothing is read of a request, and a connection that is not there is refused like a wrong signature, in the same time.
 * Nobody is refused for coming often: many customers of a provider share its network addresses.
 */
export const providerRoutes = ({ services, gate, publicUrl }: ProviderRoutes) => async (scope: FastifyInstance): Promise<void> => {
  const { store, platform, outbound = createOutbound() } = services;
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => body);
  scope.addHook('onRequest', async (request, reply) => gate.admit(request, reply, { isWrite: true, bytes: bodyBytes(request, limits.providerBodyBytes) }));

  const refused = (request: FastifyRequest, provider: string): Problem => {
    request.log.warn({ requestId: request.id, provider }, 'webhook refused');
    return new Problem('invalid-signature');
  };

  /** Whose webhook it is, once its signature was found right. */
  async function believed(request: FastifyRequest, provider: Provider, signed: Signed, raw: RawRequest, judging: Judging): Promise<{ caller: Caller; connection: ConnectionBody }> {
    const named = await findConnection(store, provider, (request.params as Named).connection);
    const isRight = await signed.isSigned(raw, named?.connection.body.secret ?? signed.decoy, judging);
    if (!named || !isRight) throw refused(request, provider);
    const caller = await callerOfConnection(store, named);
    request.caller = caller;
    return { caller, connection: named.connection.body };
  }

  async function receive(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { provider } = request.params as Named;
    const adapter = isProvider(provider) ? adapters[provider] : null;
    if (!adapter?.signed || !isProvider(provider)) throw new Problem('not-found');
    const raw = rawRequestOf(request, publicUrl);
    const judging = judgingOf(services, outbound, request);
    const { caller, connection } = await believed(request, provider, adapter.signed, raw, judging);
    await adapter.signed.confirm?.(raw, judging);
    const signals = signalsIn(provider, (adapter.parse ?? parsedJson)(raw.body));
    const token = adapter.signed.onceFor?.(raw) ?? null;
    const { list, sender } = connection;
    const answer: ProviderAnswer = await store.write(async (writer) => {
      if (token !== null) await useOnce(writer, platform, caller, token, raw.body.toString('base64'));
      return receiveFromProvider(writer, platform, caller, { provider, signals, list, sender, isSigned: true });
    });
    const { contentType, body } = adapter.acknowledge?.(answer) ?? { contentType: 'application/json; charset=utf-8', body: JSON.stringify(answer) };
    return reply.header('cache-control', 'no-store').header('content-type', contentType).send(body);
  }

  async function greet(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { provider, connection } = request.params as Named;
    const signed = isProvider(provider) ? adapters[provider].signed : null;
    if (!signed || !isProvider(provider)) throw new Problem('not-found');
    if (!signed.challenge) throw new Problem('method-not-allowed');
    const named = await findConnection(store, provider, connection);
    const challenge = signed.challenge(new URLSearchParams((request.raw.url ?? '').split('?')[1] ?? ''), connection);
    if (!named || challenge === null) throw refused(request, provider);
    return reply.header('cache-control', 'no-store').header('content-type', 'text/plain; charset=utf-8').send(challenge);
  }

  const placed = (work: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) => (request: FastifyRequest, reply: FastifyReply) =>
    request.place ? request.place.during(() => work(request, reply)) : work(request, reply);
  scope.post('/v1/inbound/:provider/:connection', { bodyLimit: limits.providerBodyBytes }, placed(receive));
  scope.get('/v1/inbound/:provider/:connection', { exposeHeadRoute: false }, placed(greet));
};
