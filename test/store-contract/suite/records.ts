import { expect, it } from 'vitest';
import { UniqueConflict, type RecordWriter, type Store, type TemplateBody, type WorkspaceRecord } from '../../../server/src/app/ports.ts';
import { otherWorkspaceId, workspaceId } from '../../support/store-rows.ts';

const aTemplate = (fields: Partial<WorkspaceRecord<'template'>> = {}, body: Partial<TemplateBody> = {}): WorkspaceRecord<'template'> => ({
  id: 'tpl_1', name: 'welcome', body: { name: 'welcome', channel: 'whatsapp', buttons: ['Stop 🚫', 'a"b\\c'], ...body }, createdAt: 10, ...fields,
});

export function recordPromises(opened: () => Store): void {
  const write = <T>(work: (records: RecordWriter) => Promise<T>) => opened().write((writer) => work(writer.records));
  const all = () => opened().records.all(workspaceId, 'template');

  it('keeps records by creation, and replaces one that is put again', async () => {
    const [late, early] = [aTemplate({ id: 'tpl_a', name: 'late', createdAt: 30 }), aTemplate({ id: 'tpl_z', name: 'early', createdAt: 5 })];
    for (const record of [late, early]) await write((records) => records.put(workspaceId, 'template', record));
    const changed = aTemplate({ id: 'tpl_a', name: 'later', createdAt: 30 }, { channel: null });
    await write((records) => records.put(workspaceId, 'template', changed));
    expect(await all()).toEqual([early, changed]);
    expect(await opened().records.find(workspaceId, 'template', 'tpl_a')).toEqual(changed);
  });

  it('keeps kinds and workspaces apart', async () => {
    await write((records) => records.put(workspaceId, 'template', aTemplate()));
    await write((records) => records.put(otherWorkspaceId, 'template', aTemplate()));
    expect(await opened().records.all(workspaceId, 'rule')).toEqual([]);
    expect(await opened().records.find(workspaceId, 'rule', 'tpl_1')).toBeNull();
    await write((records) => records.remove(otherWorkspaceId, 'template', 'tpl_1'));
    expect([(await all()).length, await opened().records.find(otherWorkspaceId, 'template', 'tpl_1')]).toEqual([1, null]);
    expect(await opened().records.everywhere('template')).toEqual([{ workspaceId, record: aTemplate() }]);
  });

  it('finds a record by its id alone, and says whose it is', async () => {
    await write((records) => records.put(otherWorkspaceId, 'template', aTemplate({ id: 'tpl_2' })));
    expect(await opened().records.whose('template', 'tpl_2')).toEqual({ workspaceId: otherWorkspaceId, record: aTemplate({ id: 'tpl_2' }) });
    expect([await opened().records.whose('template', 'tpl_1'), await opened().records.whose('rule', 'tpl_2')]).toEqual([null, null]);
  });

  it('refuses a name that is another one’s, of the same kind and workspace only', async () => {
    await write((records) => records.put(workspaceId, 'template', aTemplate()));
    await expect(write((records) => records.put(workspaceId, 'template', aTemplate({ id: 'tpl_2' })))).rejects.toBeInstanceOf(UniqueConflict);
    await write((records) => records.put(otherWorkspaceId, 'template', aTemplate({ id: 'tpl_2' })));
    expect((await all()).map(({ id }) => id)).toEqual(['tpl_1']);
  });
}
