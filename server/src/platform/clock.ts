/** Time, handed in so that tests can move it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** The calendar date in Sweden at that instant, `YYYY-MM-DD`. Deadlines are dates there, whatever the server's zone. */
export function swedishDate(at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Europe/Stockholm').toPlainDate().toString();
}

/** `date` (`YYYY-MM-DD`) plus a number of days. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}
