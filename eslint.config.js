import js from '@eslint/js';
import graphql from '@graphql-eslint/eslint-plugin';
import boundaries from 'eslint-plugin-boundaries';
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

/** The rooms of src, and what each may import: whatever is not named here is refused (docs/architecture.md). */
const rooms = {
  main: ['process', 'config', 'ground'],
  process: ['gateway', 'http', 'config', 'simulator', 'ground'],
  package: ['gateway', 'http', 'config', 'ground'],
  gateway: ['config', 'http', 'operation', 'schema', 'hss', 'transport', 'ground'],
  http: ['errors', 'ground'],
  operation: ['http', 'cost', 'execution', 'schema', 'reads', 'writes', 'errors', 'hss', 'transport', 'ground'],
  cost: ['execution', 'schema', 'errors'],
  execution: ['schema', 'errors', 'ground'],
  schema: ['reads', 'writes', 'errors', 'hss'],
  errors: ['transport'],
  reads: ['hss', 'transport', 'ground'],
  writes: ['hss', 'transport', 'ground'],
  hss: ['transport', 'ground'],
  transport: ['ground'],
  config: ['hss'],
  simulator: [],
  ground: [],
};

/** Where each room is; a file that is in none may import nothing, and be imported by nobody. */
const files = [
  ['main', 'src/{main,bin}.ts'],
  ['package', 'src/index.ts'],
  ['gateway', 'src/{gateway,gateway/*}.ts'],
  ['config', 'src/{config,config/*}.ts'],
  [
    'ground',
    'src/{account,cancellation,count-in,count-while,echoes,group-by,leaves,log,max-int,once,span,turn,version}.ts',
  ],
  ['transport', 'src/hss/transport/*.ts'],
  ...[
    'process',
    'http',
    'operation',
    'cost',
    'execution',
    'schema',
    'errors',
    'reads',
    'writes',
    'hss',
    'simulator',
  ].map((room) => [room, `src/${room}/*.ts`]),
].map(([category, pattern]) => ({ category, pattern }));

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '.stryker-tmp*/',
      'examples/**/node_modules/',
      'examples/**/dist/',
      '**/generated/',
    ],
  },
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
    plugins: { boundaries },
    settings: { 'boundaries/files': files, 'import/resolver': { node: { extensions: ['.ts'] } } },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: Object.entries(rooms).map(([from, to]) => ({
            from: { file: { categories: from } },
            allow: { to: { file: { categories: { anyOf: [from, ...to] } } } },
          })),
        },
      ],
    },
  },
  forbidden('hss', ['graphql', 'graphql-yoga', '@graphql-yoga/*', '@pothos/*', 'dataloader']),
  forbidden('reads', ['graphql', 'graphql-yoga', '@graphql-yoga/*', '@pothos/*', 'undici']),
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
    files: ['src/http/graphiql-browser.js'],
    languageOptions: {
      globals: {
        document: 'readonly',
        fetch: 'readonly',
        localStorage: 'readonly',
        location: 'readonly',
        YogaGraphiQL: 'readonly',
      },
    },
  },
  {
    // Its packages are its own and may not be there: its types are checked by its own build, in a test.
    files: ['examples/triage/**/*.{ts,tsx}'],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic, tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
  },
  {
    files: ['*.config.ts', 'examples/triage/*.ts'],
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
    // Its packages are installed in its own folder, when it is started: without them its types are unknown.
    files: ['examples/federation/routers/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
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
