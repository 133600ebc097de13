import js from '@eslint/js';
import graphql from '@graphql-eslint/eslint-plugin';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Packages that a layer must not import, and why (docs/architecture.md). */
const forbidden = (layer, packages) => ({
  files: [`src/${layer}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: packages.map((name) => ({
          group: [name, `${name}/**`],
          message: `Not in src/${layer}: see docs/architecture.md.`,
        })),
      },
    ],
  },
});

/** `target` must not import from `from`: imports point down only. */
const zone = (target, from, except) => ({
  target: `./src/${target}`,
  from: from.map((path) => `./src/${path}`),
  ...(except && { except }),
  message: 'Imports point down only: see docs/architecture.md.',
});

/** What runs a gateway as a process … */
const runtime = [
  'logStart.ts',
  'bin.ts',
  'cluster-metrics.ts',
  'embedded-simulator.ts',
  'index.ts',
  'main.ts',
  'request-listener.ts',
  'run-gateway.ts',
  'server.ts',
  'signals.ts',
  'tracing.ts',
  'workers.ts',
];
/** … and what makes it. The layers import neither; `span.ts` and `operation-record.ts` lie below them. */
const edge = [
  ...runtime,
  'caller-headers.ts',
  'config.ts',
  'context.ts',
  'cors.ts',
  'gateway.ts',
  'graphiql.ts',
  'log.ts',
  'mask-error.ts',
  'metrics.ts',
  'plugins',
  'restate-error.ts',
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'examples/**/node_modules/', '**/generated/'] },
  {
    files: ['**/*.ts', '**/*.js', '**/*.mjs'],
    extends: [js.configs.recommended],
    languageOptions: { globals: { URL: 'readonly', process: 'readonly', console: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    // Without these the import rules read no TypeScript, and find nothing.
    settings: { 'import-x/extensions': ['.ts'], 'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] } },
    rules: {
      'import-x/no-default-export': 'error',
      // Not into packages: there is no cycle of ours there, and the resolver stumbles over lru-cache's imports.
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // An assertion that says the type says more than one that says `!`.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        {
          basePath: import.meta.dirname,
          zones: [
            zone('hss', [...edge, 'schema', 'loaders', 'simulator']),
            zone('loaders', [...edge, 'schema', 'simulator']),
            zone('schema', [...edge, 'simulator']),
            zone('plugins', [...runtime, 'gateway.ts', 'simulator']),
            zone('mask-error.ts', [...runtime, 'gateway.ts', 'plugins', 'loaders', 'simulator']),
            zone('config.ts', ['.'], ['hss/project-id.ts']),
            zone('caller-headers.ts', [...runtime, 'context.ts', 'gateway.ts', 'plugins', 'loaders', 'simulator']),
            zone('context.ts', [...runtime, 'gateway.ts', 'plugins', 'simulator']),
            zone('gateway.ts', [...runtime, 'simulator']),
            zone('simulator', [...edge, 'schema', 'loaders', 'hss']),
          ],
        },
      ],
    },
  },
  forbidden('hss', ['graphql', 'graphql-yoga', '@graphql-yoga/*', '@pothos/*', 'dataloader']),
  forbidden('loaders', ['graphql', 'graphql-yoga', '@graphql-yoga/*', '@pothos/*', 'undici']),
  forbidden('schema', ['graphql-yoga', '@graphql-yoga/*', 'undici', 'dataloader']),
  {
    files: ['src/simulator/**'],
    rules: {
      // Node's own modules alone, so that both sides never share one misreading of HSS.
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!node:|\\.)', message: 'The simulator imports node:* only.' }] },
      ],
    },
  },
  {
    files: ['*.config.ts'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Answers are looked into as they come; a wrong path fails the test that takes it.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['schema.graphql'],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: './schema.graphql' } } },
    plugins: { '@graphql-eslint': { rules: graphql.rules } },
    rules: {
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          FieldDefinition: true,
          EnumValueDefinition: true,
          InputValueDefinition: true,
          DirectiveDefinition: true,
          rootField: true,
        },
      ],
      '@graphql-eslint/naming-convention': [
        'error',
        {
          types: 'PascalCase',
          FieldDefinition: 'camelCase',
          InputValueDefinition: 'camelCase',
          EnumValueDefinition: 'UPPER_CASE',
        },
      ],
      '@graphql-eslint/no-hashtag-description': 'error',
      '@graphql-eslint/no-typename-prefix': 'error',
      '@graphql-eslint/description-style': 'error',
      '@graphql-eslint/no-unreachable-types': 'error',
      '@graphql-eslint/require-deprecation-reason': 'error',
    },
  },
);
