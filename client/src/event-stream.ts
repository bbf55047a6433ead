/** One event of a `text/event-stream`, as the HTML standard frames it. */
export interface StreamEvent {
  /** The last `id` that the stream gave, here or before; empty when there was none. */
  id: string;
  type: string;
  data: string;
}

/** Longer than any event of the service: a stream without an end of line must not fill the memory. */
const longestEventCharacters = 1_048_576;

/**
 * Reads a `text/event-stream` as it arrives (HTML standard, 9.2.6): bytes in, events out, whatever the borders of the chunks. An event counts
 * once the empty line after it has come, so what a broken connection leaves behind is no event. `retry` is passed over: whoever connects
 * again has a back-off of its own. Throws a `RangeError` when an event is longer than any can be.
 */
export class EventStreamParser {
  readonly #decoder = new TextDecoder();
  #rest = '';
  #endedWithReturn = false;
  #lastEventId = '';
  #id = '';
  #type = '';
  #data: string[] = [];
  #length = 0;

  /** Where the stream is: also an event without data moves it. */
  get lastEventId(): string {
    return this.#lastEventId;
  }

  push(chunk: Uint8Array): StreamEvent[] {
    let text = this.#decoder.decode(chunk, { stream: true });
    if (text === '') return [];
    // The line feed of a CRLF whose return ended the chunk before.
    if (this.#endedWithReturn && text.startsWith('\n')) text = text.slice(1);
    this.#endedWithReturn = text === '' ? false : text.endsWith('\r');

    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() ?? '';
    const events: StreamEvent[] = [];
    for (const line of lines) {
      if (line === '') this.#dispatch(events);
      else this.#take(line);
    }
    if (this.#length + this.#rest.length > longestEventCharacters) throw new RangeError('An event of the stream does not end');
    return events;
  }

  #take(line: string): void {
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') {
      this.#data.push(value);
      this.#length += value.length;
    } else if (field === 'event') this.#type = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
  }

  #dispatch(events: StreamEvent[]): void {
    this.#lastEventId = this.#id;
    if (this.#data.length > 0) events.push({ id: this.#id, type: this.#type || 'message', data: this.#data.join('\n') });
    this.#type = '';
    this.#data = [];
    this.#length = 0;
  }
}
