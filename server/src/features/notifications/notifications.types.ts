import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfoType } from '../../platform/pageInfo.types.js';
import { DateTimeScalar } from '../../platform/scalars.js';
import { NOTICE_KINDS, type Notice, type NoticeKind } from './notifications.model.js';

const NoticeKindEnum = Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, kind])) as { readonly [K in NoticeKind]: K };
registerEnumType(NoticeKindEnum, { name: 'NoticeKind', description: 'Vad en notis gäller.' });

@ObjectType('Notice', { description: 'En sak att göra eller veta, till en person. Aldrig text ur en brist eller plan.' })
export class NoticeType {
  @Field(() => ID)
  id: string;
  @Field(() => NoticeKindEnum)
  kind: NoticeKind;
  @Field(() => ID)
  planId: string;
  @Field(() => String)
  title: string;
  @Field(() => DateTimeScalar)
  at: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: 'null: oläst.' })
  readAt: Date | null;
  @Field(() => String, { description: 'Sökväg till det notisen gäller.' })
  href: string;
}

@ObjectType()
export class NoticeConnection {
  @Field(() => [NoticeType], { description: 'Nyast först.' })
  nodes: NoticeType[];
  @Field(() => Int, { description: 'Alla olästa, oavsett sida.' })
  unread: number;
  @Field(() => PageInfoType)
  pageInfo: PageInfoType;
}

@ObjectType({ description: 'Vilka notiser du vill ha, och hur.' })
export class NoticePreferences {
  @Field(() => Boolean, { description: 'Mejl över huvud taget.' })
  email: boolean;
  @Field(() => Boolean, { description: 'Dagens samlade mejl, klockan sju.' })
  digest: boolean;
  @Field(() => Boolean, { description: 'Påminnelser 30, 7 och 1 dag före en tid, och när den har gått ut.' })
  reminders: boolean;
}

@InputType()
export class SetNoticePreferencesInput {
  @Field(() => Boolean)
  email: boolean;
  @Field(() => Boolean)
  digest: boolean;
  @Field(() => Boolean)
  reminders: boolean;
}

@InputType()
export class MarkNoticesReadInput {
  @Field(() => [ID])
  ids: string[];
}

@ObjectType()
export class MarkNoticesReadPayload {
  @Field(() => Int, { description: 'Så många är fortfarande olästa.' })
  unread: number;
}

@ObjectType()
export class SetNoticePreferencesPayload {
  @Field(() => NoticePreferences)
  preferences: NoticePreferences;
}

@ObjectType('CalendarFeed', { description: 'Dina tider som en kalender att prenumerera på.' })
export class CalendarFeedType {
  @Field(() => String, { nullable: true, description: 'Den hemliga adressen; visas bara när den görs, null annars.' })
  url: string | null;
  @Field(() => DateTimeScalar)
  createdAt: Date;
}

@ObjectType()
export class RenewCalendarFeedPayload {
  @Field(() => CalendarFeedType)
  calendarFeed: CalendarFeedType;
}

@ObjectType()
export class RevokeCalendarFeedPayload {
  @Field(() => Boolean, { description: 'Falskt: det fanns ingen.' })
  revoked: boolean;
}

@ObjectType({ description: 'Dina notiser har ändrats.' })
export class NoticesChanged {
  @Field(() => Int)
  unread: number;
  @Field(() => DateTimeScalar)
  at: Date;
}

/** @param href where its plan is read */
export function toNoticeType({ id, kind, planId, title, at, readAt }: Notice, href: string): NoticeType {
  return Object.assign(new NoticeType(), { id, kind, planId, title, at, readAt, href });
}
