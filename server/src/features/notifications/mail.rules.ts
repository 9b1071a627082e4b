/** A mail's content. Never text from a finding or a plan: mail lies unencrypted in places we don't know. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** One thing to do, and where. */
export interface MailItem {
  readonly title: string;
  readonly link: string;
}

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign);

/** The words before the place: what to do, short enough for a subject. */
const heading = (title: string): string => title.split(' · ', 1)[0] ?? title;

/**
 * A notice, or a day's digest, as mail: Swedish, plain text and the same in simple HTML.
 * @param settings where the reader chooses what mail to get
 */
export function mailText(kind: 'NOTICE' | 'DIGEST', items: readonly MailItem[], settings: string): MailText {
  const [first] = items;
  const subject =
    kind === 'NOTICE' && first
      ? heading(first.title)
      : `Samsyn i dag: ${items.length === 1 ? '1 sak' : `${items.length} saker`} att göra eller veta`;
  const foot = 'Det här mejlet skickas automatiskt och innehåller inga uppgifter ur planerna. Välj vilka mejl du får:';
  return {
    subject,
    text: [...items.map(({ title, link }) => `${title}\n${link}\n`), `--\n${foot}\n${settings}\n`].join('\n'),
    html: [
      `<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>${escape(subject)}</title></head><body>`,
      ...items.map(({ title, link }) => `<p>${escape(title)}<br><a href="${escape(link)}">Öppna i Samsyn</a></p>`),
      `<hr><p>${foot} <a href="${escape(settings)}">inställningar</a></p></body></html>`,
    ].join('\n'),
  };
}

const RETRY_MINUTES: readonly number[] = [1, 5, 15, 60, 240, 720, 1_440];

/** When to try a mail again after `attempts` tries that failed; null: no more. */
export function retryAt(now: Date, attempts: number): Date | null {
  const minutes = RETRY_MINUTES[attempts - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000);
}
