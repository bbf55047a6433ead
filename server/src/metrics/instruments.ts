/** What can be written as Prometheus text: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export interface Instrument {
  text(): string;
}

type Kind = 'counter' | 'gauge' | 'histogram';

const separator = '\u0000';

const escaped = (value: string): string => value.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');

const head = (name: string, kind: Kind, help: string): string => `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n`;

const braces = (names: readonly string[], values: readonly string[]): string =>
  names.length === 0 ? '' : `{${names.map((name, index) => `${name}="${escaped(values[index] ?? '')}"`).join(',')}}`;

/** A number that only grows, one for each combination of label values. Values come from closed lists of ours, so they stay few. */
export class Counter implements Instrument {
  readonly #name: string;
  readonly #help: string;
  readonly #labels: readonly string[];
  readonly #values = new Map<string, number>();

  constructor(name: string, help: string, labels: readonly string[]) {
    this.#name = name;
    this.#help = help;
    this.#labels = labels;
  }

  add(values: readonly string[], amount = 1): void {
    const key = values.join(separator);
    this.#values.set(key, (this.#values.get(key) ?? 0) + amount);
  }

  text(): string {
    const lines = [...this.#values].map(([key, value]) => `${this.#name}${braces(this.#labels, key.split(separator))} ${value}\n`);
    return head(this.#name, 'counter', this.#help) + lines.join('');
  }
}

/** Figures that are read when they are asked for. */
export class Reading implements Instrument {
  readonly #name: string;
  readonly #kind: Kind;
  readonly #help: string;
  readonly #read: () => number;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(name: string, kind: 'counter' | 'gauge', help: string, read: () => number, labels: Readonly<Record<string, string>> = {}) {
    this.#name = name;
    this.#kind = kind;
    this.#help = help;
    this.#read = read;
    this.#labels = labels;
  }

  text(): string {
    return `${head(this.#name, this.#kind, this.#help)}${this.#name}${braces(Object.keys(this.#labels), Object.values(this.#labels))} ${this.#read()}\n`;
  }
}

interface Distribution {
  /** How many fell into each bucket, the last one without an upper bound. */
  buckets: number[];
  sum: number;
}

/** How durations are spread, for each value of one label. */
export class Histogram implements Instrument {
  readonly #name: string;
  readonly #help: string;
  readonly #label: string;
  readonly #bounds: readonly number[];
  readonly #distributions = new Map<string, Distribution>();

  constructor(name: string, help: string, label: string, bounds: readonly number[]) {
    this.#name = name;
    this.#help = help;
    this.#label = label;
    this.#bounds = bounds;
  }

  observe(labelValue: string, value: number): void {
    let distribution = this.#distributions.get(labelValue);
    if (!distribution) {
      distribution = { buckets: new Array<number>(this.#bounds.length + 1).fill(0), sum: 0 };
      this.#distributions.set(labelValue, distribution);
    }
    let bucket = 0;
    while (bucket < this.#bounds.length && value > (this.#bounds[bucket] as number)) bucket += 1;
    distribution.buckets[bucket] = (distribution.buckets[bucket] ?? 0) + 1;
    distribution.sum += value;
  }

  text(): string {
    const series = [...this.#distributions].map(([value, { buckets, sum }]) => {
      const label = [this.#label];
      let below = 0;
      const lines = buckets.map((count, index) => {
        below += count;
        return `${this.#name}_bucket${braces([...label, 'le'], [value, String(this.#bounds[index] ?? '+Inf')])} ${below}\n`;
      });
      return `${lines.join('')}${this.#name}_sum${braces(label, [value])} ${sum}\n${this.#name}_count${braces(label, [value])} ${below}\n`;
    });
    return head(this.#name, 'histogram', this.#help) + series.join('');
  }
}
