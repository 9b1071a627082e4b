import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql';

/** Deepest nesting of fields in one operation. The web's deepest is 8. */
const MAX_DEPTH = 14;
/** Most fields at an operation's root: each may be a list. */
const MAX_ROOT_FIELDS = 30;
/** Most fields of one operation with its fragments written out. Bounds this check itself too. */
const MAX_FIELDS = 2_000;

/**
 * What a signed-in person's one query may cost. A list inside itself (a demand's plans, their demand, its plans …) multiplies at every turn,
 * so a list field may stand once on any path; depth, root fields and the total are bounded. Introspection is left out: it has no rows.
 */
export const queryLimits: ValidationRule = (context) => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of context.getDocument().definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  let fields = 0;
  let said = false;
  const refuse = (words: string): void => {
    if (!said) context.reportError(new GraphQLError(words, { extensions: { code: 'BAD_INPUT' } }));
    said = true;
  };

  const walk = (
    set: SelectionSetNode,
    type: GraphQLNamedType | undefined,
    lists: ReadonlySet<string>,
    depth: number,
    spread: readonly string[],
  ): void => {
    if (said) return;
    if (depth > MAX_DEPTH) return refuse(`The query is more than ${MAX_DEPTH} levels deep.`);
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        // A fragment in itself is another rule's to refuse.
        if (!fragment || spread.includes(selection.name.value)) continue;
        walk(fragment.selectionSet, context.getSchema().getType(fragment.typeCondition.name.value), lists, depth, [
          ...spread,
          selection.name.value,
        ]);
        continue;
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition ? context.getSchema().getType(selection.typeCondition.name.value) : type;
        walk(selection.selectionSet, on, lists, depth, spread);
        continue;
      }
      if (++fields > MAX_FIELDS) return refuse(`The query asks for more than ${MAX_FIELDS} fields.`);
      const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
      if (!definition || !selection.selectionSet) continue;
      const inner = getNamedType(definition.type);
      if (!isCompositeType(inner)) continue;
      const coordinate = `${type?.name}.${definition.name}`;
      const isList = isListType(getNullableType(definition.type));
      if (isList && lists.has(coordinate)) return refuse(`The list ${coordinate} stands inside itself.`);
      walk(selection.selectionSet, inner, isList ? new Set([...lists, coordinate]) : lists, depth + 1, spread);
    }
  };

  return {
    OperationDefinition(node) {
      if (node.selectionSet.selections.length > MAX_ROOT_FIELDS)
        return refuse(`The query has more than ${MAX_ROOT_FIELDS} fields at its root.`);
      walk(node.selectionSet, context.getSchema().getRootType(node.operation) ?? undefined, new Set(), 1, []);
    },
  };
};
