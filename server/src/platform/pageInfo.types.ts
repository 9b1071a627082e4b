import { Field, ObjectType } from 'type-graphql';

@ObjectType('PageInfo', { description: 'Var i en lista sidan slutar.' })
export class PageInfoType {
  @Field(() => Boolean)
  hasNextPage: boolean;
  @Field(() => String, { nullable: true, description: 'Markören att fortsätta efter; null när sidan är tom.' })
  endCursor: string | null;
}
