import ICAL from 'ical.js';

export interface CalendarEvent {
  readonly uid: string;
  readonly summary: string;
  /** `YYYY-MM-DD` of an all-day event; with a time it isn't one. */
  readonly start: string;
  readonly end: string;
  readonly url: string;
}

/** Reads a calendar with another library than the one that wrote it. @throws what that library finds wrong */
export function readCalendar(text: string): CalendarEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const { uid, summary } = event;
    return {
      uid,
      summary,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      url: String(component.getFirstPropertyValue('url')),
    };
  });
}
