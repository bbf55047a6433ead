import type { Logger } from 'pino';
import { errorFields } from '../error-fields.ts';

/** Exit code of a service that met an error nobody foresaw (EX_SOFTWARE of sysexits.h). */
export const crashed = 70;

/**
 * Ends the process at the first error that nothing caught. What is under way is cut off: an answer out of a state that nobody knows
 * might be a wrong one, and what was acknowledged is on the disk. Whoever runs the service starts it again.
 */
export function endOnCrash(logger: Logger, flush: () => void): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      logger.fatal({ event, ...errorFields(error) }, 'unforeseen: the service ends');
      try {
        flush();
      } finally {
        process.exit(crashed);
      }
    });
  }
}
