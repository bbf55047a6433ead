import type { StoreReader } from './ports.ts';
import type { Screen } from './read-recipients.ts';

/** With fewer recipients, asking twice costs more than it saves. */
const fewestRecipients = 100;
/** Texts of one question: a store with several connections answers several at a time. */
const textsAtOnce = 3_000;

/** Those of these texts that lead to something. `mailboxes` are those of them by which other addresses of somebody may be found. */
async function leading(reader: StoreReader, workspaceId: number, texts: readonly string[], mailboxes: readonly string[]): Promise<Array<string | null>> {
  if (reader.leading) return reader.leading(workspaceId, texts, mailboxes);
  const [open, sharing, linked] = await Promise.all([
    reader.entries.findOpen(workspaceId, texts),
    reader.entries.findOpenByMailbox(workspaceId, mailboxes),
    reader.contacts.findLinked(workspaceId, texts),
  ]);
  return [...open.map(({ key }) => key), ...sharing.map(({ mailbox }) => mailbox), ...linked.map(({ key }) => key)];
}

/** For a store that can rule out nothing by itself: looks up all who are given as plain texts at once, before anybody is made an object of. */
export function askScreen(reader: StoreReader, workspaceId: number, recipients: number): Screen | null {
  if (recipients < fewestRecipients) return null;
  return {
    isForPlainTextsOnly: true,
    async leading(texts, mailboxes) {
      const count = Math.ceil(texts.length / textsAtOnce);
      const partOf = (all: readonly string[], part: number) => all.slice(Math.ceil((all.length * part) / count), Math.ceil((all.length * (part + 1)) / count));
      const parts = Array.from({ length: count }, (_, part) => leading(reader, workspaceId, partOf(texts, part), partOf(mailboxes, part)));
      const found = new Set((await Promise.all(parts)).flat());
      const places: number[] = [];
      for (let place = 0; place < texts.length; place += 1) if (found.has(texts[place] as string)) places.push(place);
      return places;
    },
  };
}
