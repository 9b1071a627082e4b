import { parse, specifiedRules, validate, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql';
import { MAX_QUERY_TOKENS } from './graphql.js';
import { queryLimits } from './queryLimits.js';

/** Parsed and validated operations kept: the web has some eighty. */
const MAX_KEPT = 500;
/** A longer text than any of the web's is not worth its memory. Characters. */
const MAX_KEPT_CHARS = 16_384;

export type Prepared = DocumentNode | readonly GraphQLError[];

/** Operations by their text, parsed and validated once: every keystroke comes with the same one. The least used go first. */
export class Operations {
  private readonly kept = new Map<string, Prepared>();

  constructor(
    private readonly schema: GraphQLSchema,
    /** Called for each text that had to be read anew. */
    private readonly onParse: () => void = () => undefined,
  ) {}

  /** The operation, or what is wrong with it. The same text gives the same object while it is kept. */
  of(query: string): Prepared {
    const known = this.kept.get(query);
    if (known) {
      this.kept.delete(query);
      this.kept.set(query, known);
      return known;
    }
    const result = this.read(query);
    if (!('kind' in result) || query.length > MAX_KEPT_CHARS) return result;
    this.kept.set(query, result);
    if (this.kept.size > MAX_KEPT) this.kept.delete(this.kept.keys().next().value as string);
    return result;
  }

  private read(query: string): Prepared {
    this.onParse();
    try {
      const document = parse(query, { maxTokens: MAX_QUERY_TOKENS });
      const errors = validate(this.schema, document, [...specifiedRules, queryLimits]);
      return errors.length > 0 ? errors : document;
    } catch (error) {
      return [error as GraphQLError];
    }
  }
}
