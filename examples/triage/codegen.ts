import type { CodegenConfig } from '@graphql-codegen/cli';
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

/** Run by the packages at the top of the repository: `npm run codegen`. */
const config: CodegenConfig = {
  // client.graphql has what only the cache knows: without it codegen refuses fragments that name it.
  schema: ['../../api.graphql', 'client.graphql'],
  documents: 'src/**/*.{ts,tsx}',
  emitLegacyCommonJSImports: false,
  generates: {
    'src/graphql/generated/': {
      preset: 'client',
      presetConfig: {
        // In production the hash goes over the wire in place of the text: see create-client.ts.
        persistedDocuments: { hashAlgorithm: 'sha256' },
        // Apollo Client has a useFragment of its own.
        fragmentMasking: { unmaskFunctionName: 'readFragment' },
      },
      // Apollo Client asks for __typename everywhere: so must the documents of the manifest.
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: { enumsAsTypes: true, useTypeImports: true, immutableTypes: true, importExtension: '.ts' },
    },
  },
};

export default config;
