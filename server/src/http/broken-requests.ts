import { randomUUID } from 'node:crypto';
import type { ConnectionError, FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { linkPrefix, sendUnknownLink } from './link-routes.ts';
import { problemBody, sendProblem } from './problem-handler.ts';

/** Answers requests that cannot be routed, such as a path with a broken escape. Fastify's own answer would repeat the path. */
export const answerUnroutable = (_error: Error, request: FastifyRequest, reply: FastifyReply): void => {
  if (request.url.startsWith(`${linkPrefix}/`)) return void sendUnknownLink(request, reply);
  sendProblem(request, reply, 'invalid-request', 'The path is not valid: check its percent-escapes and its length.');
};

/** Answers bytes that are no HTTP request, or not in time, and closes the connection. */
export function answerBrokenConnection(error: ConnectionError, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    const detail = error.code === 'HPE_HEADER_OVERFLOW' ? 'The headers are too large.' : 'This is not a valid HTTP request.';
    const body = isLate ? '' : JSON.stringify(problemBody(randomUUID(), 'invalid-request', detail));
    socket.write(
      `HTTP/1.1 ${isLate ? '408 Request Timeout' : '400 Bad Request'}\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroy();
}
