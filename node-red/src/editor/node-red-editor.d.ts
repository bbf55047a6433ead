/** What this pack uses of Node-RED's editor. @types/node-red describes 1.3, which lacks most of it. */
declare const RED: {
  _(key: string, values?: Record<string, unknown>): string;
  nodes: { registerType<Properties extends object>(type: string, definition: EditorNode<Properties>): void };
  utils: { validateTypedProperty(value: string, type: string, options?: ValidationOptions): true | string };
};

interface ValidationOptions {
  label?: string;
}

interface EditorProperty<Properties, Value> {
  value: Value;
  /** The type of the configuration node that the property points to. */
  type?: string;
  label?: string;
  required?: boolean;
  validate?(this: Properties, value: Value, options?: ValidationOptions): true | string;
}

interface EditorNode<Properties extends object> {
  category: string;
  categoryDescription?: string;
  color?: string;
  icon?: string;
  inputs?: 0 | 1;
  outputs?: number;
  defaults: { [Name in keyof Properties]: EditorProperty<Properties, Properties[Name]> };
  credentials?: Record<string, { type: 'text' | 'password' }>;
  paletteLabel?(this: Properties): string;
  label?(this: Properties): string;
  labelStyle?(this: Properties): string;
  outputLabels?(this: Properties, output: number): string;
  oneditprepare?(this: Properties & { id: string }): void;
}

interface TypedInputChoice {
  value: string;
  label: string;
}

interface TypedInputType {
  value: string;
  label: string;
  icon?: string;
  hasValue?: boolean;
  multiple?: boolean;
  options?: TypedInputChoice[];
  /** Shows what is chosen; the editor passes values or whole options. */
  valueLabel?(container: JQuery, chosen: string | Array<string | TypedInputChoice>): void;
  validate?: RegExp | ((value: string) => boolean);
}

interface JQuery {
  typedInput(options: { default: string; types: Array<string | TypedInputType>; typeField: string }): JQuery;
  typedInput(action: 'types', types: Array<string | TypedInputType>): JQuery;
  typedInput(action: 'type' | 'value'): string;
}
