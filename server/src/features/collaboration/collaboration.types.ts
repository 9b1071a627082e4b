import { Field, Float, ID, InputType, Int, ObjectType, createUnionType, registerEnumType } from 'type-graphql';
import { RefusalType } from '../../platform/refusal.types.js';
import { BytesScalar, DateTimeScalar } from '../../platform/scalars.js';
import { RoleEnum, SideEnum } from '../accounts/accounts.types.js';
import type { DocumentEvent, PresenceEntry } from './collaboration.model.js';

export const DocumentEventKind = {
  OPENED: 'OPENED',
  UPDATES: 'UPDATES',
  PRESENCE: 'PRESENCE',
  ACCESS: 'ACCESS',
  RESYNC: 'RESYNC',
} as const satisfies { [K in DocumentEvent['kind']]: K };
registerEnumType(DocumentEventKind, { name: 'DocumentEventKind', description: 'Vad en händelse i ett dokument är. Se PROTOCOL.md.' });

@ObjectType('Checkpoint', { description: 'Dokumentets tillstånd vid ett nummer i loggen.' })
export class CheckpointType {
  @Field(() => Int)
  seq: number;
  @Field(() => BytesScalar, { description: 'Yjs V2.' })
  update: Uint8Array;
}

@ObjectType('LoggedUpdate', { description: 'En rad i loggen.' })
export class LoggedUpdateType {
  @Field(() => Int)
  seq: number;
  @Field(() => Float, { description: 'Yjs-klienten som raden gjordes under.' })
  lease: number;
  @Field(() => BytesScalar, { description: 'Yjs V1.' })
  update: Uint8Array;
}

@ObjectType('Presence', { description: 'En person som har dokumentet öppet. Samma för alla; din egen är den med ditt presenceId.' })
export class PresenceType {
  @Field(() => ID)
  presenceId: string;
  @Field(() => String)
  name: string;
  @Field(() => RoleEnum)
  role: PresenceEntry['role'];
  @Field(() => String)
  organisation: string;
  @Field(() => SideEnum)
  side: PresenceEntry['side'];
  @Field(() => String, { nullable: true, description: 'Fältet som har fokus, t.ex. measures/<id>/how; null: läser.' })
  path: string | null;
  @Field(() => BytesScalar, { nullable: true, description: 'Markeringens början: en kodad relativ position. null: ingen.' })
  anchor: Uint8Array | null;
  @Field(() => BytesScalar, { nullable: true, description: 'Markeringens slut.' })
  head: Uint8Array | null;
  @Field(() => DateTimeScalar)
  seenAt: Date;
}

@ObjectType('DocumentEvent', { description: 'Något som hände i ett öppet dokument. Just de delar som hör till `kind` är satta.' })
export class DocumentEventType {
  @Field(() => DocumentEventKind)
  kind: DocumentEvent['kind'];
  @Field(() => Int, { description: 'Loggens senaste nummer när händelsen skedde.' })
  seq: number;
  @Field(() => Int)
  epoch: number;
  @Field(() => CheckpointType, { nullable: true, description: 'OPENED, när klienten börjar från början.' })
  checkpoint: CheckpointType | null;
  @Field(() => [LoggedUpdateType], { description: 'OPENED: det som saknas efter checkpoint eller haveSeq. UPDATES: nya rader.' })
  updates: LoggedUpdateType[];
  @Field(() => String, { nullable: true, description: 'OPENED, ACCESS: innehållets hash vid seq; null när servern skulle behöva räkna.' })
  contentHash: string | null;
  @Field(() => [String], { nullable: true, description: 'OPENED, ACCESS: mönster för det som får skrivas.' })
  writable: string[] | null;
  @Field(() => Boolean, { description: 'ACCESS: false betyder att dokumentet är stängt för dig.' })
  canRead: boolean;
  @Field(() => String, { nullable: true, description: 'ACCESS: koden för varför rätten ändrades.' })
  reason: string | null;
  @Field(() => [PresenceType], { nullable: true, description: 'OPENED, PRESENCE: hela listan.' })
  presence: PresenceType[] | null;
  @Field(() => ID, { nullable: true, description: 'OPENED: ditt eget presenceId.' })
  you: string | null;
  @Field(() => Int, { nullable: true, description: 'RESYNC: öppna igen med detta haveSeq; null: utan.' })
  resyncFrom: number | null;
}

@ObjectType('DocumentContentHash')
export class DocumentContentHashType {
  @Field(() => Int)
  seq: number;
  @Field(() => String)
  contentHash: string;
}

@ObjectType('Lease', { description: 'Rätten att skriva under ett Yjs-klientnummer i ett dokument. Hör till en flik.' })
export class LeaseType {
  @Field(() => Float)
  clientId: number;
  @Field(() => Int)
  epoch: number;
}

@ObjectType('PushUpdatePayload', { description: 'Ändringen är sparad.' })
export class PushUpdatePayload {
  @Field(() => Int)
  seq: number;
  @Field(() => DateTimeScalar)
  at: Date;
}

export const TakeLeaseResult = createUnionType({
  name: 'TakeLeaseResult',
  types: () => [LeaseType, RefusalType] as const,
  resolveType: (value) => ('clientId' in value ? LeaseType : RefusalType),
});

export const PushUpdateResult = createUnionType({
  name: 'PushUpdateResult',
  types: () => [PushUpdatePayload, RefusalType] as const,
  resolveType: (value) => ('seq' in value ? PushUpdatePayload : RefusalType),
});

@InputType('TakeLeaseInput')
export class TakeLeaseInput {
  @Field(() => ID)
  documentId: string;
  @Field(() => Float, { nullable: true, description: 'Ett eget förslag; null: servern väljer.' })
  clientId?: number | null;
}

@InputType('PushUpdateInput')
export class PushUpdateInput {
  @Field(() => ID)
  documentId: string;
  @Field(() => Int, { description: 'Epoken som ändringen gjordes under.' })
  epoch: number;
  @Field(() => Float)
  lease: number;
  @Field(() => Int, { description: '1, 2, 3 … för varje lease.' })
  n: number;
  @Field(() => BytesScalar, { description: 'Yjs V1, klientens egen uppdatering.' })
  update: Uint8Array;
}

@InputType('SetPresenceInput')
export class SetPresenceInput {
  @Field(() => ID)
  documentId: string;
  @Field(() => String, { nullable: true })
  path?: string | null;
  @Field(() => BytesScalar, { nullable: true })
  anchor?: Uint8Array | null;
  @Field(() => BytesScalar, { nullable: true })
  head?: Uint8Array | null;
}
