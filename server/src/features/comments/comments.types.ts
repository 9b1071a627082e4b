import { createUnionType, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { ActorSnapshotType, type ActorSnapshot } from '../accounts/index.js';
import { Refused } from '../../platform/outcome.js';
import { RefusalType, toRefusal } from '../../platform/refusal.types.js';
import { BytesScalar, DateTimeScalar } from '../../platform/scalars.js';
import { SUGGESTION_STATES, type SuggestionState, type ThreadView } from './comments.model.js';

const SuggestionStateEnum = Object.fromEntries(SUGGESTION_STATES.map((state) => [state, state]));
registerEnumType(SuggestionStateEnum, { name: 'SuggestionState', description: 'Ett förslags läge: öppet, infört eller avböjt.' });

@ObjectType('CommentNote')
export class CommentNoteType {
  @Field(() => ID)
  id: string;
  @Field(() => ActorSnapshotType)
  by: ActorSnapshot;
  @Field(() => DateTimeScalar)
  at: Date;
  @Field(() => String, { description: 'Tom när ett förslag talar för sig självt.' })
  text: string;
}

@ObjectType('Suggestion', { description: 'Andra ord där citatet står.' })
export class SuggestionType {
  @Field(() => String)
  replacement: string;
  @Field(() => SuggestionStateEnum)
  state: SuggestionState;
  @Field(() => ActorSnapshotType, { nullable: true })
  decidedBy: ActorSnapshot | null;
  @Field(() => DateTimeScalar, { nullable: true })
  decidedAt: Date | null;
}

@ObjectType('CommentThread', { description: 'En kommentar vid en plats i texten. Ingen del av det som godkänns.' })
export class CommentThreadType {
  @Field(() => ID)
  id: string;
  @Field(() => ID)
  planId: string;
  @Field(() => String, { description: 'Fältet där texten står nu; där den stod när den är borta.' })
  path: string;
  @Field(() => String, { description: 'Det som stod där när kommentaren skrevs.' })
  quote: string;
  @Field(() => Boolean, { description: 'Texten är borta; citatet säger vad det var.' })
  anchorGone: boolean;
  @Field(() => BytesScalar, { nullable: true, description: 'Yjs relativa position före textens första tecken nu.' })
  anchor: Uint8Array | null;
  @Field(() => BytesScalar, { nullable: true, description: 'Efter textens sista tecken nu.' })
  head: Uint8Array | null;
  @Field(() => DateTimeScalar, { nullable: true })
  resolvedAt: Date | null;
  @Field(() => ActorSnapshotType, { nullable: true })
  resolvedBy: ActorSnapshot | null;
  @Field(() => [CommentNoteType], { description: 'Äldst först.' })
  notes: readonly CommentNoteType[];
  @Field(() => SuggestionType, { nullable: true })
  suggestion: SuggestionType | null;
}

@ObjectType('CommentsChanged', { description: 'Planens kommentarer har ändrats: hämta dem igen.' })
export class CommentsChangedType {
  @Field(() => ID)
  planId: string;
  @Field(() => DateTimeScalar)
  at: Date;
}

@InputType()
export class StartThreadInput {
  @Field(() => ID)
  planId: string;
  @Field(() => String)
  path: string;
  @Field(() => String, { description: 'Den markerade texten som den står på skärmen; stycken på egna rader.' })
  quote: string;
  @Field(() => BytesScalar, { description: 'Yjs relativ position.' })
  anchor: Uint8Array;
  @Field(() => BytesScalar)
  head: Uint8Array;
  @Field(() => String, { description: 'Får vara tom när det finns ett förslag.' })
  text: string;
  @Field(() => String, { nullable: true, description: 'Ett förslag: andra ord där citatet står. Tom text: ta bort det.' })
  replacement: string | null;
}

@InputType()
export class ReplyToThreadInput {
  @Field(() => ID)
  threadId: string;
  @Field(() => String)
  text: string;
}

/** An input that names a thread and nothing else. */
function threadInput(name: string) {
  @InputType(`${name}Input`)
  class Input {
    @Field(() => ID)
    threadId: string;
  }
  return Input;
}

export const ResolveThreadInput = threadInput('ResolveThread');
export const ReopenThreadInput = threadInput('ReopenThread');
export const AcceptSuggestionInput = threadInput('AcceptSuggestion');
export const DeclineSuggestionInput = threadInput('DeclineSuggestion');
export interface ThreadInput {
  readonly threadId: string;
}

/** `union <Name>Result = <Name>Payload | Refusal`, where the payload holds the thread after the act. */
function threadResult(name: string) {
  @ObjectType(`${name}Payload`)
  class Payload {
    @Field(() => CommentThreadType)
    thread: CommentThreadType;
  }
  const union = createUnionType({
    name: `${name}Result`,
    types: () => [Payload, RefusalType] as const,
    resolveType: (value) => (value instanceof RefusalType ? RefusalType : Payload),
  });
  const of = (outcome: ThreadView | Refused): Payload | RefusalType =>
    outcome instanceof Refused ? toRefusal(outcome) : Object.assign(new Payload(), { thread: outcome });
  return { union, of };
}

export const StartThreadResult = threadResult('StartThread');
export const ReplyToThreadResult = threadResult('ReplyToThread');
export const ResolveThreadResult = threadResult('ResolveThread');
export const ReopenThreadResult = threadResult('ReopenThread');
export const AcceptSuggestionResult = threadResult('AcceptSuggestion');
export const DeclineSuggestionResult = threadResult('DeclineSuggestion');
