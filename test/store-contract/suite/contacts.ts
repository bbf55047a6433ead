import { expect, it } from 'vitest';
import type { ContactAddress, Store } from '../../../server/src/app/ports.ts';
import { otherWorkspaceId, workspaceId } from '../../support/store-rows.ts';

const address = (contactId: number, key: string): ContactAddress => ({ contactId, key, address: `to ${key} 🚀`, addressKind: key.startsWith('e') ? 'email' : 'phone' });

export function contactPromises(opened: () => Store): void {
  const put = (...addresses: ContactAddress[]) => opened().write((writer) => writer.contacts.put(workspaceId, addresses));
  const linked = (...keys: string[]) => opened().contacts.findLinked(workspaceId, keys);

  it('finds nothing where nothing is linked', async () => {
    expect(await linked('p+1', 'p+2')).toEqual([]);
    expect(await linked()).toEqual([]);
  });

  it('finds all addresses linked to any of the keys, themselves included, by contact', async () => {
    const [one, two, three] = [[address(1, 'e1'), address(1, 'p+1'), address(1, 'p+2')], [address(2, 'p+3')], [address(3, 'e4'), address(3, 'p+4')]];
    await put(...three, ...one, ...two);
    expect(await linked('p+2', 'p+4', 'p+none', 'p+1')).toEqual([...one, ...three]);
    expect(await linked('p+3')).toEqual(two);
  });

  it('moves an address that is put into another contact', async () => {
    await put(address(1, 'p+1'), address(1, 'p+2'));
    await put(address(2, 'p+2'), address(2, 'p+3'));
    expect(await linked('p+1')).toEqual([address(1, 'p+1')]);
    expect(await linked('p+3')).toEqual([address(2, 'p+2'), address(2, 'p+3')]);
  });

  it('takes addresses out of their contacts', async () => {
    await put(address(1, 'p+1'), address(1, 'p+2'), address(1, 'p+3'));
    await opened().write((writer) => writer.contacts.remove(workspaceId, ['p+1', 'p+none']));
    expect(await linked('p+1')).toEqual([]);
    expect(await linked('p+2')).toEqual([address(1, 'p+2'), address(1, 'p+3')]);
  });

  it('never links over workspaces', async () => {
    await put(address(1, 'p+1'));
    await opened().write((writer) => writer.contacts.put(otherWorkspaceId, [address(1, 'p+2')]));
    expect(await linked('p+1', 'p+2')).toEqual([address(1, 'p+1')]);
    await opened().write((writer) => writer.contacts.remove(otherWorkspaceId, ['p+1']));
    expect(await linked('p+1')).toEqual([address(1, 'p+1')]);
  });

  it('sees links made earlier in the same transaction', async () => {
    const seen = await opened().write(async (writer) => {
      await writer.contacts.put(workspaceId, [address(5, 'p+1'), address(5, 'p+2')]);
      return writer.contacts.findLinked(workspaceId, ['p+2']);
    });
    expect(seen).toEqual([address(5, 'p+1'), address(5, 'p+2')]);
  });
}
