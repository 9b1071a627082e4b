import { createTransport } from 'nodemailer';
import type { MailText } from './mail.rules.js';

/** A letter with its envelope. */
export interface Letter extends MailText {
  readonly to: string;
  readonly messageId: string;
}

/** What sending came to. `PERMANENT`: the mail server will never take it; `LATER`: try again. */
export type Sent = { readonly ok: true } | { readonly ok: false; readonly retry: 'LATER' | 'PERMANENT'; readonly said: string };

export interface Mailer {
  send(letter: Letter): Promise<Sent>;
}

/** No send takes longer than this; the lease on a mail is longer. */
const SEND_LIMIT_MS = 20_000;

/** Sends by SMTP. With a user name in the URL it never speaks without TLS: a password would be heard. */
export class SmtpMailer implements Mailer {
  constructor(
    private readonly url: string,
    private readonly from: string,
  ) {}

  async send({ to, messageId, subject, text, html }: Letter): Promise<Sent> {
    const transport = createTransport({
      ...serverOf(this.url),
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
      socketTimeout: 10_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const limit = Promise.withResolvers<never>();
    const late = setTimeout(() => limit.reject(Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' })), SEND_LIMIT_MS);
    try {
      const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
      const letter = { from: { name: 'Samsyn', address: this.from }, to, messageId, subject, text, html, headers };
      await Promise.race([transport.sendMail(letter), limit.promise]);
      return { ok: true };
    } catch (error) {
      const { responseCode = 0, code = 'ERROR', command = '' } = error as { responseCode?: number; code?: string; command?: string };
      // The server's words may repeat the address; its code doesn't. A refused sign-in is ours to mend, not the letter's fault.
      const permanent = responseCode >= 500 && code !== 'EAUTH';
      return { ok: false, retry: permanent ? 'PERMANENT' : 'LATER', said: `${code} ${responseCode} ${command}`.trim() };
    } finally {
      clearTimeout(late);
      transport.close();
    }
  }
}

function serverOf(text: string) {
  const { protocol, hostname, port, username, password } = new URL(text);
  const secure = protocol === 'smtps:';
  const auth =
    username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) }, requireTLS: !secure };
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 465 : 587), secure, ...auth };
}
