import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const sources = ['**/*.{ts,mts}'];
const n8nSources = ['nodes/**/*.ts', 'credentials/**/*.ts'];

/** n8n's own rules for community packages; the same that n8n's scanner applies to the published sources. */
const n8nCommunity = {
  plugins: { '@n8n/community-nodes': n8nCommunityNodesPlugin, 'n8n-nodes-base': n8nNodesBase },
  rules: { ...n8nCommunityNodesPlugin.configs.recommended.rules, 'no-console': 'error' },
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/generated/**', '**/node_modules/**', 'coverage/**', '.quietlist/**', 'console/**'] },
  { files: ['{client,contract,credentials,nodes,node-red,scripts,server}/**'], linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: sources,
    extends: [tseslint.configs.recommended, tseslint.configs.stylistic],
    rules: {
      'max-lines': ['error', { max: 400 }],
      'no-control-regex': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-constant-condition': 'error',
      'prefer-const': 'error',
      'require-yield': 'error',
      'prefer-template': 'error',
      'object-shorthand': 'error',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Export by name.' }],
      '@typescript-eslint/array-type': ['error', { default: 'array-simple' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // A shape and its type carry one name: `export const Entry = Type.Object(…); export type Entry = Static<typeof Entry>`.
      '@typescript-eslint/no-redeclare': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
    },
  },
  // Tools, Node-RED and foreign type declarations want a default export.
  { files: ['**/*.config.{ts,mts}', '**/*.d.ts', 'node-red/src/quietlist.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // Tests look into answers of every shape.
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-explicit-any': 'off' }, linterOptions: { reportUnusedDisableDirectives: 'off' } },
  { ...n8nCommunity, files: n8nSources },
  {
    files: ['nodes/**/*.ts'],
    rules: {
      ...n8nNodesBase.configs.nodes.rules,
      // These two want literals and know neither outputs by expression nor `NodeConnectionTypes`; n8n's own configuration leaves them out too.
      'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
      'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
    },
  },
  {
    files: ['credentials/**/*.ts'],
    rules: {
      ...n8nNodesBase.configs.credentials.rules,
      // The rule wants a slug of docs.n8n.io, which only n8n's own credentials have.
      'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
    },
  },
  {
    ...n8nCommunity,
    files: ['package.json'],
    rules: { ...n8nCommunity.rules, ...n8nNodesBase.configs.community.rules },
    languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
  },
);
