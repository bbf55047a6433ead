import type { Node, NodeStatus } from 'node-red';

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A count in few characters: 950, 12.3K. */
export const compactCount = (count: number): string => compact.format(count);

/** The line under a node. It is sent to the editor only when it changes, and never carries an address. */
export class StatusLine {
  readonly #node: Node;
  #shown = '';

  constructor(node: Node) {
    this.#node = node;
  }

  show(fill: NonNullable<NodeStatus['fill']>, shape: NonNullable<NodeStatus['shape']>, text: string): void {
    this.#set({ fill, shape, text });
  }

  clear(): void {
    this.#set({});
  }

  #set(status: NodeStatus): void {
    const next = JSON.stringify(status);
    if (next === this.#shown) return;
    this.#shown = next;
    this.#node.status(status);
  }
}
