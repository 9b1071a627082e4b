import { describe, expect, it } from 'vitest';
import { FORMAL_ACTS } from '../handlingsplaner/plan.model.js';
import { mailText, retryAt } from './mail.rules.js';
import { announcementOf, mailingOf, reminderTitle } from './notices.rules.js';
import { NOTICE_KINDS, USUAL_PREFERENCES } from './notifications.model.js';

const name = { planWord: 'åtgärdsplan', place: 'Kundvalet, Norr (kv-3)' };

describe('what an act tells', () => {
  const told = (act: (typeof FORMAL_ACTS)[number], to = 'APPROVED' as const) =>
    announcementOf({ act, to, details: {} }, ['AVTAL', 'HSL'], name);

  it('returned, approved, refused and warned go out at once, to the provider', () => {
    const urgent = FORMAL_ACTS.filter((act) => told(act)?.urgent);
    const expected = ['RETURN', 'APPROVE', 'REFUSE_VERIFICATION', 'FIND_NOT_REMEDIED', 'DURABILITY_FAILED', 'NEW_ROUND', 'ESCALATE'];
    expect(new Set(urgent)).toEqual(new Set(expected));
    expect(urgent.every((act) => told(act)?.audience.side === 'PROVIDER')).toBe(true);
  });

  it('what is handed in goes to those who review on the plan’s tracks', () => {
    expect(told('SUBMIT')?.audience).toEqual({ side: 'REVIEWERS', tracks: ['AVTAL', 'HSL'] });
    expect(told('REPORT_ALL')?.audience).toEqual({ side: 'REVIEWERS', tracks: ['AVTAL', 'HSL'] });
  });

  it('says what to do, with the huvudman’s own word, and where', () => {
    expect(told('RETURN')?.title).toBe('Rätta och lämna in igen: åtgärdsplan är återsänd · Kundvalet, Norr (kv-3)');
    expect(told('OPEN')).toBeNull();
    expect(announcementOf({ act: 'APPROVE', to: 'SUBMITTED', details: {} }, ['AVTAL'], name)).toBeNull();
    for (const act of FORMAL_ACTS) if (told(act)) expect(NOTICE_KINDS).toContain(told(act)?.kind);
  });
});

describe('reminders', () => {
  it.each([
    [7, 'Lämna in åtgärdsplan, senast 2026-12-01 (7 dagar kvar)'],
    [1, 'Lämna in åtgärdsplan, senast 2026-12-01 (1 dag kvar)'],
    [0, 'Lämna in åtgärdsplan, senast 2026-12-01 (i dag)'],
    [-3, 'Lämna in åtgärdsplan, senast 2026-12-01 (3 dagar sen)'],
  ])('%i days left', (days, words) => expect(reminderTitle('SUBMIT', '2026-12-01', days, name)).toBe(`${words} · ${name.place}`));
});

describe('how a notice goes out', () => {
  it('follows what the reader has chosen, and whether there is mail', () => {
    expect(mailingOf(true, USUAL_PREFERENCES, true)).toBe('AT_ONCE');
    expect(mailingOf(false, USUAL_PREFERENCES, true)).toBe('DIGEST');
    expect(mailingOf(false, { ...USUAL_PREFERENCES, digest: false }, true)).toBe('NONE');
    expect(mailingOf(true, { ...USUAL_PREFERENCES, email: false }, true)).toBe('NONE');
    expect(mailingOf(true, USUAL_PREFERENCES, false)).toBe('NONE');
  });

  it('as mail is text and HTML, escaped, with links', () => {
    const { subject, text, html } = mailText(
      'NOTICE',
      [{ title: 'Granska · <b>&"', link: 'https://x.example/a?b&c' }],
      'https://x.example/s',
    );
    expect(subject).toBe('Granska');
    expect(text).toContain('https://x.example/a?b&c');
    expect(html).toContain('Granska · &lt;b&gt;&amp;&quot;');
    expect(html).toContain('href="https://x.example/a?b&amp;c"');
    expect(mailText('DIGEST', [], '').subject).toContain('0 saker');
  });

  it('is tried again later and later, and then no more', () => {
    const now = new Date('2026-12-01T00:00:00.000Z');
    expect(retryAt(now, 1)?.toISOString()).toBe('2026-12-01T00:01:00.000Z');
    expect(retryAt(now, 4)?.toISOString()).toBe('2026-12-01T01:00:00.000Z');
    expect(retryAt(now, 8)).toBeNull();
  });
});
