import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findLink, optInByLink, optOutByLink, type LinkSubject } from '../app/links.ts';
import { StoreUnavailable } from '../app/ports.ts';
import { Problem } from '../app/problem.ts';
import { errorFields } from '../error-fields.ts';
import type { ServiceMetrics } from '../metrics/service-metrics.ts';
import { linkPagePolicy } from '../pages/link-layout.ts';
import {
  confirmPage, consentField, donePage, isStatement, pressedField, resubscribedPage, unavailablePage, unknownPage, unreadablePage, type LinkPageSubject,
} from '../pages/link-pages.ts';
import { pageLanguageOf, type PageLanguage } from '../pages/page-language.ts';
import { readForms } from './form-body.ts';
import type { Gate } from './gate.ts';
import { securityHeaders } from './security-headers.ts';
import type { Services } from './services.ts';

/** Where the links lead. */
export const linkPrefix = '/u';
/** Seconds after which a mail program, or a person, may try again. */
const retryAfterSeconds = 60;

/** Set with every page, also where a request cannot be routed and no hook has run. */
const pageHeaders = {
  ...securityHeaders(), 'x-frame-options': 'DENY', 'content-security-policy': linkPagePolicy, 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow',
};

export interface LinkRoutes {
  services: Services;
  gate: Gate;
  metrics: ServiceMetrics;
}

type LinkRequest = FastifyRequest<{ Params: { token: string } }>;

const languageOf = (request: FastifyRequest): PageLanguage => pageLanguageOf(request.headers['accept-language']);

function sendPage(request: FastifyRequest, reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply
    .status(status)
    .headers({ ...pageHeaders, 'content-language': languageOf(request) })
    .type('text/html; charset=utf-8')
    .send(page);
}

/** The answer to every token that is none, and to every path below the links that is none: the same bytes for all. */
export const sendUnknownLink = (request: FastifyRequest, reply: FastifyReply): FastifyReply => sendPage(request, reply, 404, unknownPage(languageOf(request)));

const shown = ({ link, workspace, list, sender }: LinkSubject, home: string): LinkPageSubject => ({ from: workspace.name, list: list.name, channel: link.channel, sender: sender?.name ?? null, home });

/** The page of a link as things are: what it would do, or that it was done. */
const pageOf = (language: PageLanguage, subject: LinkSubject, home: string, isConsentMissing = false): string =>
  subject.own ? donePage(language, shown(subject, home), isConsentMissing) : confirmPage(language, shown(subject, home));

const formOf = (request: FastifyRequest): FormData => (request.body instanceof FormData ? request.body : new FormData());

/** The words agreed to: the one value of the field, when it is what a page of this link showed. */
function statementOf(form: FormData, subject: LinkPageSubject): string | null {
  const [given, ...more] = form.getAll(consentField);
  return typeof given === 'string' && more.length === 0 && isStatement(given, subject) ? given : null;
}

/** Every fault is a page, too. What nobody foresaw is logged without its message, which might hold an address. */
function sendFault(metrics: ServiceMetrics, error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const unavailable = (): FastifyReply => sendPage(request, reply.header('retry-after', String(retryAfterSeconds)), 503, unavailablePage(languageOf(request)));
  if (error instanceof StoreUnavailable) {
    metrics.storeErrors.add(['request']);
    request.log.error({ requestId: request.id, cause: (error.cause as { code?: unknown } | undefined)?.code }, 'store unavailable');
    return unavailable();
  }
  if (error instanceof Problem) {
    metrics.refused.add([error.code]);
    return unavailable();
  }
  const { statusCode = 500 } = error;
  if (statusCode < 500) return sendPage(request, reply, statusCode, unreadablePage(languageOf(request)));
  request.log.error({ requestId: request.id, ...errorFields(error) }, 'unforeseen');
  return unavailable();
}

/**
 * The pages behind unsubscribe links. Only a POST changes anything, and it asks for nothing more: no key, no cookie, no script, no page
 * before it (RFC 8058). Nobody is refused for coming often: an opt-out must not be lost because many share a network address, and a
 * token of 160 bits is not found by trying.
 */
export const linkRoutes = ({ services: { store, platform }, gate, metrics }: LinkRoutes) => async (scope: FastifyInstance): Promise<void> => {
  readForms(scope);
  scope.addHook('onRequest', async (request, reply) => gate.admit(request, reply, { isWrite: request.method === 'POST', bytes: 0 }));
  scope.setErrorHandler<FastifyError | Problem>((error, request, reply) => sendFault(metrics, error, request, reply));
  scope.setNotFoundHandler(sendUnknownLink);

  /** Answers with a page about the link of the token. */
  const answer = (work: (token: string, request: LinkRequest, reply: FastifyReply) => Promise<FastifyReply>) => (request: FastifyRequest, reply: FastifyReply) => {
    const asked = request as LinkRequest;
    const run = (): Promise<FastifyReply> => work(asked.params.token, asked, reply);
    return request.place ? request.place.during(run) : run();
  };

  scope.get('/:token', answer(async (token, request, reply) => {
    const subject = await findLink(store, platform, token);
    if (!subject) return sendUnknownLink(request, reply);
    return sendPage(request, reply, 200, pageOf(languageOf(request), subject, encodeURIComponent(token)));
  }));

  scope.post('/:token', answer(async (token, request, reply) => {
    if (!(await findLink(store, platform, token))) return sendUnknownLink(request, reply);
    const via = formOf(request).has(pressedField) ? 'page' : 'one_click';
    const done = await store.write((writer) => optOutByLink(writer, platform, token, via));
    if (!done) return sendUnknownLink(request, reply);
    metrics.optedOutByLink(done.outcome);
    return sendPage(request, reply, 200, donePage(languageOf(request), shown(done.subject, encodeURIComponent(token))));
  }));

  scope.post('/:token/resubscribe', answer(async (token, request, reply) => {
    const subject = await findLink(store, platform, token);
    if (!subject) return sendUnknownLink(request, reply);
    const language = languageOf(request);
    const home = `../${encodeURIComponent(token)}`;
    const statement = statementOf(formOf(request), shown(subject, home));
    if (statement === null) return sendPage(request, reply, 422, pageOf(language, subject, home, true));
    const isLifted = await store.write((writer) => optInByLink(writer, platform, token, statement));
    return sendPage(request, reply, 200, isLifted ? resubscribedPage(language, shown(subject, home)) : pageOf(language, { ...subject, own: null }, home));
  }));

  // Where a browser comes back to after a reload.
  scope.get('/:token/resubscribe', async (request, reply) => reply.header('cache-control', 'no-store').redirect(`../${encodeURIComponent((request as LinkRequest).params.token)}`, 303));
};
