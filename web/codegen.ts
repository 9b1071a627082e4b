import type { CodegenConfig } from '@graphql-codegen/cli';
/** Typed documents from the .graphql files beside the features; every other source is the printed schema. */
const config: CodegenConfig = {
  schema: '../schema/schema.graphql',
  documents: ['src/**/*.graphql'],
  ignoreNoDocuments: true,
  generates: {
    'src/lib/api/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { ID: 'string', Date: 'string', DateTime: 'string', Bytes: 'string' },
      },
    },
  },
};
export default config;
