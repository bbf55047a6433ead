import { createRequire } from 'node:module';
import { ajvOptions } from '@quietlist/contract/ajv-options';

interface Validate {
  (value: unknown): boolean;
  errors?: unknown;
}

interface Ajv {
  compile(schema: object): Validate;
  validateSchema(schema: object): boolean;
  errors?: unknown;
}

/** The ajv of the service: another one lies at the root, brought along by the linter. */
const fromServer = createRequire(new URL('../../server/package.json', import.meta.url));

export const { Ajv2020 } = fromServer('ajv/dist/2020.js') as { Ajv2020: new (options: object) => Ajv };
export const { Ajv } = fromServer('ajv') as { Ajv: new (options: object) => Ajv };

const compiler = new Ajv({ ...ajvOptions });

/** Whether a value has a shape of the contract, judged as the service judges. */
export const compileShape = (schema: object): Validate => compiler.compile(schema);
