import {
  createSourceEventStream,
  execute,
  getOperationAST,
  subscribe,
  visit,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql';
import { metrics } from '../platform/metrics.js';

/** Set by `@Extensions` on a subscription whose payload depends on the event object alone, never on who asks. */
export const SHARED_EVENTS = { sharedEvents: true } as const;

/** A result that is JSON already. `data` is there for whoever only knows graphql's own results. */
export class SharedResult implements ExecutionResult {
  constructor(
    readonly data: ExecutionResult['data'],
    readonly json: string,
  ) {}
}

export interface FanOutWatch {
  /** The first subscriber takes an event. */
  began(event: object): void;
  /** A payload was executed and serialised. */
  serialised(): void;
  /** A payload was handed to one subscriber. */
  delivered(event: object): void;
}

/** Counts for Prometheus. */
export function meteredFanOut(): FanOutWatch {
  const begun = new WeakMap<object, number>();
  return {
    began: (event) => begun.set(event, performance.now()),
    serialised: () => metrics.serialisations.inc(),
    delivered: (event) => {
      metrics.deliveries.inc();
      metrics.fanOutSeconds.observe((performance.now() - (begun.get(event) ?? performance.now())) / 1_000);
    },
  };
}

const nobody: FanOutWatch = { began: () => undefined, serialised: () => undefined, delivered: () => undefined };

/**
 * Subscriptions whose events are shared: each event object is executed and serialised once per operation (and the variables that shape its
 * answer), however many have asked for it. Whoever writes to the wire puts that text in each subscription's envelope.
 */
export class FanOut {
  private readonly results = new WeakMap<object, Map<string, Promise<SharedResult>>>();
  private readonly shapes = new WeakMap<DocumentNode, { readonly id: number; readonly variables: readonly string[] }>();
  private lastShape = 0;

  constructor(
    private readonly format: (result: ExecutionResult) => ExecutionResult | undefined,
    private readonly watch: FanOutWatch = nobody,
  ) {}

  /** In place of graphql's `subscribe`. */
  subscribe = async (args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> => {
    if (!isShared(args)) return (await subscribe(args)) as AsyncIterableIterator<ExecutionResult> | ExecutionResult;
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return source;
    return this.resultsOf(source[Symbol.asyncIterator]() as AsyncIterator<object>, args);
  };

  private resultsOf(source: AsyncIterator<object>, args: ExecutionArgs): AsyncIterableIterator<ExecutionResult> {
    const end = async (): Promise<IteratorResult<ExecutionResult>> => {
      await source.return?.();
      return { value: undefined, done: true };
    };
    return {
      next: async () => {
        const { value, done } = await source.next();
        if (done === true) return { value: undefined, done: true };
        const result = await this.resultOf(value, args);
        this.watch.delivered(value);
        return { value: result, done: false };
      },
      return: end,
      throw: end,
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  private resultOf(event: object, args: ExecutionArgs): Promise<SharedResult> {
    const known = this.results.get(event) ?? new Map<string, Promise<SharedResult>>();
    this.results.set(event, known);
    const key = this.key(args);
    const result = known.get(key) ?? this.make(event, args);
    known.set(key, result);
    return result;
  }

  private async make(event: object, args: ExecutionArgs): Promise<SharedResult> {
    this.watch.began(event);
    const result = await execute({ ...args, rootValue: event });
    this.watch.serialised();
    return new SharedResult(result.data, JSON.stringify(this.format(result) ?? result));
  }

  private key({ document, operationName, variableValues }: ExecutionArgs): string {
    let shape = this.shapes.get(document);
    if (!shape) {
      shape = { id: ++this.lastShape, variables: shapingVariables(document) };
      this.shapes.set(document, shape);
    }
    if (shape.variables.length === 0) return `${shape.id}:${operationName ?? ''}`;
    return JSON.stringify([shape.id, operationName ?? null, ...shape.variables.map((name) => variableValues?.[name] ?? null)]);
  }
}

function isShared({ schema, document, operationName }: ExecutionArgs): boolean {
  const fields = schema.getSubscriptionType()?.getFields() ?? {};
  const [root] = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  return root?.kind === 'Field' && fields[root.name.value]?.extensions['sharedEvents'] === true;
}

/** Variables that can change what an event looks like: all but those that choose the stream, the arguments of the root field. */
function shapingVariables(document: DocumentNode): string[] {
  const found = new Set<string>();
  const roots = new Set<unknown>(
    document.definitions.flatMap((definition) => (definition.kind === 'OperationDefinition' ? definition.selectionSet.selections : [])),
  );
  visit(document, {
    VariableDefinition: () => false,
    Argument: (_node, _key, _parent, _path, ancestors) => {
      const owner = ancestors.at(-1);
      return roots.has(Array.isArray(owner) ? ancestors.at(-2) : owner) ? false : undefined;
    },
    Variable: ({ name }) => void found.add(name.value),
  });
  return [...found].sort();
}
