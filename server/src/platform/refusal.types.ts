import { Field, ObjectType } from 'type-graphql';
import type { Refused } from './outcome.js';

@ObjectType('Fault', { description: 'En sak att rätta: var, vad, och ord för det.' })
export class FaultType {
  @Field(() => String, { description: 'Fältets sökväg, t.ex. measures/<id>/doneBy eller email.' })
  path: string;
  @Field(() => String, { description: 'Stabil kod.' })
  code: string;
  @Field(() => String)
  message: string;
}

@ObjectType('Refusal', { description: 'Ett nej som en människa kan rätta. Koden är stabil; meddelandet är på svenska.' })
export class RefusalType {
  @Field(() => String)
  code: string;
  @Field(() => String)
  message: string;
  @Field(() => [FaultType])
  faults: FaultType[];
}

/** A refusal as the API returns it. */
export function toRefusal(refused: Refused): RefusalType {
  return Object.assign(new RefusalType(), {
    code: refused.code,
    message: refused.message,
    faults: refused.faults.map((fault) => Object.assign(new FaultType(), fault)),
  });
}
