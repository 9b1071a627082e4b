import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: string;
  readonly from: string;
  readonly mail: ParsedMail;
}

/** What the mail server does with a letter it has read: takes it, or refuses with a code. */
export type Verdict = 'TAKE' | { readonly code: number };

/** A real SMTP server on a port of its own that keeps what it gets. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** Asked when a letter has been read, before the sender hears that it is taken. */
  decide: (letter: ReceivedMail) => Promise<Verdict> = () => Promise.resolve('TAKE');
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, session, done) => {
        simpleParser(stream)
          .then(async (mail) => {
            const to = session.envelope.rcptTo.map(({ address }) => address).join();
            const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
            const letter = { to, from, mail };
            const verdict = await this.decide(letter);
            if (verdict === 'TAKE') this.received.push(letter);
            done(verdict === 'TAKE' ? null : Object.assign(new Error('refused'), { responseCode: verdict.code }));
          })
          .catch(done);
      },
    });
    // A sender that dies midway is part of the tests.
    this.server.on('error', () => undefined);
  }

  static async start(): Promise<MailServer> {
    const mails = new MailServer();
    await new Promise<void>((resolve) => mails.server.listen(0, '127.0.0.1', resolve));
    return mails;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
