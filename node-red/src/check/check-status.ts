import type { Node, NodeAPI } from 'node-red';
import { errorWord } from '../shared/flow-error.ts';
import { compactCount, type StatusLine } from '../shared/status.ts';
import type { Decided } from './decisions.ts';

/** Counts since the last deploy, and what was wrong with the messages of the last turn. */
export class CheckStatus {
  readonly #RED: NodeAPI;
  readonly #node: Node;
  #clear = 0;
  #held = 0;
  #unsafe = 0;
  #unsafeNow = 0;
  #failedNow: string | null = null;

  constructor(RED: NodeAPI, node: Node) {
    this.#RED = RED;
    this.#node = node;
  }

  add({ decision }: Decided): void {
    if (decision.overridden) {
      this.#unsafe += 1;
      this.#unsafeNow += 1;
    } else if (decision.mayContact) this.#clear += 1;
    else this.#held += 1;
    if (decision.error) this.#failedNow = decision.error.code;
  }

  /** Shows the counts. “Send anyway” is counted in plain sight and warned of, never silent. */
  show(status: StatusLine): void {
    const RED = this.#RED;
    const held = compactCount(this.#held);
    if (this.#unsafeNow > 0) this.#node.warn(RED._('check.sent_unchecked', { unsafe: this.#unsafeNow, code: this.#failedNow ?? 'unknown' }));
    if (this.#unsafe > 0) status.show('yellow', 'ring', RED._('status.unsafe', { unsafe: compactCount(this.#unsafe), held }));
    else if (this.#failedNow) status.show('red', 'ring', RED._('status.held_unchecked', { word: errorWord(RED, this.#failedNow), held }));
    else status.show('green', 'dot', RED._('status.checked', { clear: compactCount(this.#clear), held }));
    this.#unsafeNow = 0;
    this.#failedNow = null;
  }
}
