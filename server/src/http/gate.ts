import { limits } from '@quietlist/contract/limits';
import { isWrite } from '@quietlist/contract/openapi';
import type { Route } from '@quietlist/contract/routes';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { authenticate } from '../app/authenticate.ts';
import { requireRole, type Caller } from '../app/context.ts';
import { Problem } from '../app/problem.ts';
import { RateLimits } from '../app/rate-limits.ts';
import { Admission, type Load, type Place } from './admission.ts';
import { FailedAuthentications } from './failed-authentications.ts';
import { keyUse } from './key-use.ts';
import type { HttpOptions } from './options.ts';
import type { Services } from './services.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
    place: Place | null;
  }
}

export const bodyLimitOf = (route: Route): number => route.bodyBytes ?? (route.bulk ? limits.bulkBodyBytes : limits.bodyBytes);

/** The bytes of the body, as its head announces them; one that comes in pieces is taken for the largest there may be. */
export function bodyBytes(request: FastifyRequest, limit: number): number {
  if (request.headers['transfer-encoding'] !== undefined) return limit;
  return Math.min(Number(request.headers['content-length'] ?? 0) || 0, limit);
}

/** What every request passes before its body is read: is there room, whose key is it, may it do this, how often has it come. */
export class Gate {
  readonly admission: Admission;
  readonly #services: Services;
  readonly #failed: FailedAuthentications;
  readonly #rates: RateLimits | null;
  readonly #noteUse: ReturnType<typeof keyUse>;

  constructor(services: Services, options: HttpOptions, logger: Logger) {
    const { store, platform } = services;
    this.#services = services;
    this.admission = new Admission(options);
    this.#failed = new FailedAuthentications(options.failedAuthenticationsPerMinute, platform.clock);
    this.#rates = options.requestsPerSecond === null ? null : new RateLimits(store, platform.clock, options.requestsPerSecond);
    this.#noteUse = keyUse(services, logger);
  }

  /** Gives a request its place, or refuses it. */
  admit(request: FastifyRequest, reply: FastifyReply, load: Load): void {
    const place = this.admission.enter(load);
    request.place = place;
    // Also when the caller goes away without an answer.
    reply.raw.once('close', () => place.answered());
  }

  async enter(request: FastifyRequest, reply: FastifyReply, route: Route): Promise<void> {
    this.admit(request, reply, { isWrite: isWrite(route), bytes: route.body ? bodyBytes(request, bodyLimitOf(route)) : 0 });
    request.caller = await this.identify(request);
    if (route.role) requireRole(request.caller, route.role, 'This request');
    await this.#rates?.take(request.caller.key.id);
  }

  /** Whose key the request carries. */
  async identify(request: FastifyRequest): Promise<Caller> {
    const { store, platform } = this.#services;
    const { authorization } = request.headers;
    this.#failed.permit(request.ip, authorization);
    try {
      const caller = await authenticate(store, platform.clock, authorization);
      this.#failed.succeeded(caller.publicId);
      this.#noteUse(caller);
      return caller;
    } catch (error) {
      if (error instanceof Problem) this.#failed.failed(request.ip);
      throw error;
    }
  }
}
