import { describe, expect, it } from 'vitest';
import type { NodeAPI } from 'node-red';
import { QuietlistError } from '@quietlist/client/errors';
import { flowError } from '../../node-red/src/shared/flow-error.ts';

const RED = { _: (key: string) => key } as NodeAPI;

describe('the error that a flow sees', () => {
  it('says what happened and what to do next, once, with its code and without a stack', () => {
    const shown = flowError(RED, new QuietlistError({ code: 'forbidden', message: 'The key may not do this', hint: 'Use another key.' }));
    expect(shown).toMatchObject({ name: 'QuietlistError', code: 'forbidden', message: 'The key may not do this. Use another key.' });
    expect(shown.stack).toBe('QuietlistError: The key may not do this. Use another key.');
    expect(flowError(RED, shown).message).toBe(shown.message);
  });

  it.each([new Error('connect to +4915112345678 failed'), new TypeError('ql_live_secret'), '+4915112345678', undefined, null, { code: '+4915112345678' }])(
    'replaces whatever else was thrown, which may quote a message (%#)',
    (thrown) => {
      const shown = flowError(RED, thrown);
      expect(shown.code).toBe('internal');
      expect(JSON.stringify([shown.message, shown.stack, shown])).not.toMatch(/15112345678|ql_live/);
    },
  );
});
