import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import { QuietlistError } from '@quietlist/client/errors';
import { switchOf, textOf, textsOf } from './values.ts';

/** Reads one field of a node for one message. */
export type Read<T> = (msg: NodeMessageInFlow) => Promise<T>;

export interface FieldOptions {
  /** Reads the kind of place `message`: what a chat or e-mail message says by itself. */
  ofMessage?: (msg: NodeMessageInFlow) => unknown;
  /** The kind of place where nothing was chosen yet. */
  defaultType?: string;
  /** Naming a place that holds nothing is an error, and does not mean "any". */
  strict?: boolean;
}

/**
 * The typed inputs of one node. Beside Node-RED's own kinds of place, `none` says nothing, `pick` is what the dialog's list holds, and
 * `message` what the message says by itself.
 * What an expression complains about may quote the message, so errors name the field alone.
 */
export class Fields {
  readonly #RED: NodeAPI;
  readonly #node: Node;
  readonly #definition: Record<string, unknown>;

  constructor(RED: NodeAPI, node: Node, definition: NodeDef) {
    this.#RED = RED;
    this.#node = node;
    this.#definition = { ...definition };
  }

  /** The kind of place that a field names. */
  typeOf(name: string, defaultType = 'none'): string {
    return String(this.#definition[`${name}Type`] || defaultType);
  }

  any(name: string, { defaultType = 'none', ofMessage }: FieldOptions = {}): Read<unknown> {
    const type = this.typeOf(name, defaultType);
    if (type === 'message' && ofMessage) return async (msg) => ofMessage(msg);
    const value = String(this.#definition[name] ?? '');
    if (type === 'none') return async () => undefined;
    if (type === 'pick') return async () => value;
    return (msg) =>
      new Promise((resolve, reject) => {
        const refuse = () => reject(this.unreadable(name));
        try {
          this.#RED.util.evaluateNodeProperty(value, type, this.#node, msg, (error, result) => (error ? refuse() : resolve(result)));
        } catch {
          refuse();
        }
      });
  }

  text(name: string, maxLength: number, options?: FieldOptions): Read<string | undefined> {
    return this.#converted(name, (value) => textOf(value, maxLength), (text) => text === undefined, options);
  }

  texts(name: string, options?: FieldOptions): Read<string[]> {
    return this.#converted(name, textsOf, (texts) => texts.length === 0, options);
  }

  toggle(name: string): Read<boolean> {
    return this.#converted(name, switchOf, () => false, { defaultType: 'bool' });
  }

  converted<T>(name: string, convert: (value: unknown) => T | null, options?: FieldOptions): Read<T> {
    return this.#converted(name, convert, (value) => value === undefined, options);
  }

  unreadable(name: string): QuietlistError {
    return this.#error('unreadable_field', name);
  }

  empty(name: string): QuietlistError {
    return this.#error('empty_field', name);
  }

  #converted<T>(name: string, convert: (value: unknown) => T | null, isEmpty: (value: T) => boolean, options: FieldOptions = {}): Read<T> {
    const read = this.any(name, options);
    const isNamed = this.typeOf(name, options.defaultType) !== 'none';
    return async (msg) => {
      const value = convert(await read(msg));
      if (value === null) throw this.unreadable(name);
      if (options.strict && isNamed && isEmpty(value)) throw this.empty(name);
      return value;
    };
  }

  #error(code: 'unreadable_field' | 'empty_field', name: string): QuietlistError {
    const field = this.#RED._(`field.${name}`);
    return new QuietlistError({ code, message: this.#RED._(`error.${code}`, { field }), hint: this.#RED._(`error.${code}_hint`) });
  }
}
