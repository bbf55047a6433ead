import { describe, expect, it } from 'vitest';
import { QuietlistError } from '@quietlist/client/errors';
import { TransportError } from '@quietlist/client/transport';
import { applyUnknownPolicy, type UnknownPolicy } from '@quietlist/client/unknown-policy';
import { checkService, clientWith, fakeTransport } from '../../support/fake-transport.ts';

const allowed = await clientWith(fakeTransport(checkService())).check('+491701234567');
const suppressed = await clientWith(fakeTransport(checkService(() => true))).check('+491701234567');
const unknown = await clientWith(fakeTransport(new TransportError('unreachable'))).check('+491701234567');
const missing = await clientWith(fakeTransport(checkService())).check('');
const policies: UnknownPolicy[] = ['suppress', 'error', 'allow'];

describe('what a flow does with unknown', () => {
  it.each(policies)('"%s" changes nothing for those the service decided about', (policy) => {
    expect(applyUnknownPolicy(allowed, policy)).toEqual({ ...allowed, mayContact: true, overridden: false });
    expect(applyUnknownPolicy(suppressed, policy)).toEqual({ ...suppressed, mayContact: false, overridden: false });
  });

  it('"suppress" holds', () => expect(applyUnknownPolicy(unknown, 'suppress')).toMatchObject({ decision: 'unknown', mayContact: false, overridden: false }));

  it('"error" throws the reason', () => {
    expect(() => applyUnknownPolicy(unknown, 'error')).toThrow(unknown.error);
    expect(() => applyUnknownPolicy(missing, 'error')).toThrow(QuietlistError);
  });

  it('“Send anyway (unsafe)” lets it through, marked, and stays unknown', () => {
    expect(applyUnknownPolicy(unknown, 'allow')).toMatchObject({ decision: 'unknown', mayContact: true, overridden: true, code: 'unreachable' });
  });

  it('“Send anyway (unsafe)” lets nobody through who is not there', () => expect(applyUnknownPolicy(missing, 'allow')).toMatchObject({ mayContact: false, overridden: false }));

  it.each([undefined, '', 'Allow', 'toString'])('an unknown policy (%j) holds', (policy) => {
    expect(applyUnknownPolicy(unknown, policy as never)).toMatchObject({ mayContact: false });
  });

  it('a suppress that says it may contact is held all the same', () => {
    expect(applyUnknownPolicy({ ...suppressed, mayContact: true }, 'allow')).toMatchObject({ mayContact: false });
    expect(applyUnknownPolicy({ ...suppressed, decision: 'other' as never, mayContact: true }, 'suppress')).toMatchObject({ mayContact: false });
  });
});
