import 'reflect-metadata';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildSchema, type NonEmptyArray } from 'type-graphql';

/** Builds the executable schema from resolver instances made by the composition root. */
export function buildGraphqlSchema(resolvers: readonly object[]): Promise<GraphQLSchema> {
  const instances = new Map<unknown, object>(resolvers.map((resolver) => [resolver.constructor, resolver]));
  return buildSchema({
    resolvers: resolvers.map((resolver) => resolver.constructor) as unknown as NonEmptyArray<() => void>,
    container: { get: (type: unknown) => instances.get(type) },
    validate: false,
    // Every subscription brings its own `subscribe`; type-graphql asks for one of these all the same.
    pubSub: { publish: () => undefined, subscribe: () => Object.assign((async function* () {})(), {}) as never },
  });
}

/** The contract as text, sorted, as committed in schema/schema.graphql. */
export const printContract = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
