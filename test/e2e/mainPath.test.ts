import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../harness/startServer.js';
import { Window, launch } from './browser.js';

const KRAV = 'Rutin för avvikelser, synpunkter och klagomål';
const CAUSE = 'Rutinen finns som utkast men är inte beslutad.';

describe('from a finding to the assessment, in the browser', () => {
  let server: TestServer;
  let browser: Browser;
  let chief: Window;
  let reviewer: Window;
  let board: Window;
  let planPath: string;

  beforeAll(async () => {
    server = await TestServer.start();
    browser = await launch();
    [chief, reviewer, board] = await Promise.all([
      Window.open(browser, server.url),
      Window.open(browser, server.url),
      Window.open(browser, server.url),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  const field = (window: Window, name: string): Locator => window.page.getByRole('textbox', { name });
  const saved = async (window: Window): Promise<void> => {
    await window.page
      .locator('.save')
      .filter({ hasText: /^\s*Sparat \d/ })
      .waitFor();
  };

  it('1–2: the matrix counts 44 areas, and every total leads to its rows', async () => {
    await chief.goto('/logga-in');
    await chief.inspect('01-logga-in');
    await board.signIn('kson-namnd');
    await board.goto('/bedomning/2022');
    const totals = board.page.getByRole('table').first();
    expect((await totals.getByRole('row').last().innerText()).match(/\d+/g)).toEqual(['33', '9', '2', '44']);
    for (const [row, figures] of [
      ['1', ['12', '2', '0', '14']],
      ['2', ['5', '0', '0', '5']],
      ['3', ['15', '3', '1', '19']],
      ['4', ['1', '4', '1', '6']],
    ] as const) {
      const text = await totals
        .getByRole('row')
        .filter({ has: board.page.getByRole('rowheader', { name: row, exact: true }) })
        .innerText();
      expect(text.match(/\d+/g)?.slice(1), `område ${row}`).toEqual([...figures]);
    }
    const contradictions = board.page.getByRole('heading', { name: 'Underlaget säger emot sig självt' }).locator('..');
    expect(await contradictions.innerText()).toMatch(/43[\s\S]*44/);
    expect(await contradictions.innerText()).toMatch(/7 avtalsområden utan upprättad plan/);
    await board.inspect('08-bedomning');
    await totals.getByRole('link', { name: '9', exact: true }).click();
    await board.page.waitForURL(/bedomning=gul/);
    await board.hydrated();
    expect(await board.page.locator('.matrix tbody tr .pair').count()).toBe(9);
    await board.goto('/bedomning/2022');
  });

  it('3–4: the chief finds what waits, opens the plan, writes privately and shares', async () => {
    await chief.signIn('kundvalet-1-verksamhetschef');
    await chief.inspect('02-oversikt-utforare');
    await chief.page.getByRole('link', { name: KRAV }).first().click();
    await chief.page.getByRole('button', { name: 'Öppna planen' }).click();
    await chief.page.getByRole('button', { name: 'Lägg till orsak' }).waitFor();
    planPath = new URL(chief.page.url()).pathname;
    await chief.inspect('04-plan-tom');

    await reviewer.signIn('kson-avtalsansvarig');
    await reviewer.inspect('02-oversikt-forvaltning');
    await reviewer.goto(planPath);
    await reviewer.page.getByText('Utkastet är utförarens eget').waitFor();

    await chief.page.getByRole('button', { name: 'Lägg till orsak' }).click();
    await field(chief, 'Orsak A').fill(CAUSE);
    await saved(chief);
    await chief.page.getByRole('button', { name: 'Dela med förvaltningen' }).first().click();
    await chief.page.getByRole('button', { name: 'Dela planen' }).click();
    await field(reviewer, 'Orsak A').getByText(CAUSE).waitFor();
  });

  it('4: both type in the same field at once, and see each other’s text, name and caret', async () => {
    await chief.page.getByRole('button', { name: 'Lägg till åtgärd' }).click();
    // The new measure takes the focus: a person writes where the caret is.
    await expect.poll(() => chief.page.evaluate(() => document.activeElement?.id)).toMatch(/-what$/);
    await field(chief, 'Så ska det göras').fill('Mitten.');
    await field(reviewer, 'Så ska det göras').getByText('Mitten.').waitFor();
    // Each stands in its own end before the race begins.
    await saved(chief);
    // By a click, as people come: a field that was focused by script keeps its old caret for some moments.
    await field(chief, 'Så ska det göras').click();
    await chief.page.keyboard.press('Control+Home');
    await expect.poll(() => chief.page.evaluate(() => getSelection()?.anchorOffset)).toBe(0);
    await chief.page.keyboard.type('U');
    await field(reviewer, 'Så ska det göras').getByText('UMitten.').waitFor();
    await field(reviewer, 'Så ska det göras').click();
    await reviewer.page.keyboard.press('Control+End');
    await reviewer.page.keyboard.type(' F');
    await field(chief, 'Så ska det göras').getByText('UMitten. F').waitFor();
    await Promise.all([
      chief.page.keyboard.type('tföraren först. ', { delay: 15 }),
      reviewer.page.keyboard.type('örvaltningen sist.', { delay: 15 }),
    ]);
    const both = 'Utföraren först. Mitten. Förvaltningen sist.';
    for (const window of [chief, reviewer]) {
      // A remote caret stands in the field as an element without words of its own.
      await expect
        .poll(async () => (await field(window, 'Så ska det göras').innerText()).replace(/[\u2060\u200b]/g, '').trim(), { timeout: 10_000 })
        .toBe(both);
    }
    await chief.page.getByRole('list', { name: 'Här nu' }).getByText('Avtalsansvarig').waitFor();
    await chief.page.getByText('Avtalsansvarig skriver här').first().waitFor();
    expect(await chief.page.locator('.caret').count()).toBe(1);
    await saved(chief);
    await saved(reviewer);
    await chief.inspect('04-plan-tillsammans');
  });

  it('5: lämna in names what is missing until the four parts are there; then both turn read-only and the receipt says it', async () => {
    await chief.goto(`${planPath}/lamna-in`);
    await chief.page.getByRole('link', { name: 'Skriv vem som är ansvarig' }).waitFor();
    await chief.inspect('05-kontrollera');
    await chief.goto(planPath);
    await field(chief, 'Vad ska göras, åtgärd 1').fill('Besluta en gemensam rutin');
    await chief.page.getByRole('checkbox', { name: /Orsak A/i }).check();
    await field(chief, 'Ansvarig').fill('Verksamhetschef');
    await field(chief, 'Så följs det upp').fill('Stickprov på tio ärenden per enhet.');
    await field(chief, 'Klart senast').fill('2027-1-31');
    await field(chief, 'Följs upp senast').fill('20270331');
    await field(chief, 'Ansvarig').focus();
    await chief.page.getByText('4 av 4 delar klara').waitFor();
    await saved(chief);
    await chief.goto(`${planPath}/lamna-in`);
    await chief.page.getByText('31 januari 2027').first().waitFor();
    await chief.page.getByRole('button', { name: 'Lämna in', exact: true }).click();
    await chief.page.waitForURL(/kvittens\/1/);
    await chief.hydrated();
    await chief.page.getByRole('heading', { name: 'Planen är inlämnad' }).waitFor();
    expect(await chief.page.locator('main').innerText()).toMatch(/Innehållets fingeravtryck[\s\S]*?[0-9a-f]{4}/);
    await chief.inspect('05-kvittens');
    await reviewer.page.getByText('Planen är inlämnad och låst medan den granskas').first().waitFor();
    expect(await reviewer.page.locator('[contenteditable=true]').count()).toBe(0);
  });

  it('6: it is returned with grounds, mended, submitted again', async () => {
    await reviewer.goto('/granskning');
    await reviewer.page.getByRole('link', { name: KRAV }).first().waitFor();
    await reviewer.inspect('06-granskningsko');
    await reviewer.goto(`${planPath}/granska`);
    await reviewer.inspect('07-granska');
    await reviewer.page.getByRole('button', { name: 'Återsänd' }).click();
    const dialog = reviewer.page.getByRole('dialog', { name: 'Återsänd revision 1?' });
    await dialog.getByRole('button', { name: 'Återsänd' }).click();
    await dialog.getByText('Skriv en grund').first().waitFor();
    await dialog.getByRole('textbox', { name: 'Grund' }).fill('Ange vem som gör stickprovet.');
    await dialog.getByRole('button', { name: 'Återsänd' }).click();
    await dialog.waitFor({ state: 'hidden' });

    await chief.goto('/oversikt');
    await chief.page.getByText('Ange vem som gör stickprovet.').first().waitFor();
    await chief.inspect('02-oversikt-atersand');
    await chief.goto(planPath);
    await field(chief, 'Så följs det upp').fill('Kvalitetssamordnaren gör stickprov på tio ärenden per enhet.');
    await saved(chief);
    await chief.goto(`${planPath}/lamna-in`);
    await chief.page.getByRole('button', { name: 'Lämna in', exact: true }).click();
    await chief.page.waitForURL(/kvittens\/2/);
  });

  it('6–7: the hash on screen is approved, and a third browser sees läge efter åtgärd change while fastställd stands', async () => {
    const row = board.page
      .locator('.matrix tbody tr')
      .filter({ has: board.page.getByRole('link', { name: /^Kundvalet/ }) })
      .first();
    const before = await row.innerText();
    expect(before).toContain('Delvis godkänt');
    await reviewer.goto(`${planPath}/granska`);
    const hash = /innehåll\s+([0-9a-f]{4,})/.exec(await reviewer.page.locator('.dock').innerText())?.[1];
    await reviewer.page.getByRole('button', { name: 'Godkänn planen' }).click();
    const dialog = reviewer.page.getByRole('dialog', { name: 'Godkänn revision 2?' });
    await dialog.getByRole('button', { name: /Godkänn/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await row.getByText('1 godkänd').waitFor();
    expect(await row.innerText()).toContain('Delvis godkänt');
    expect(hash).toMatch(/^[0-9a-f]{4,}$/);

    await reviewer.goto('/handelser');
    const events = await reviewer.page.locator('main').innerText();
    for (const word of [/lämnad|inlämnad/i, /återsänd/i, /godkän/i]) expect(events).toMatch(word);
    await reviewer.inspect('handelser');
    await reviewer.goto('/import');
    await reviewer.inspect('12-import');
  });

  it('8: after kill -9 in the middle of typing every acknowledged character is there, and both go on by themselves', async () => {
    await chief.goto('/oversikt');
    await chief.page.getByRole('link', { name: 'Aktuella genomförandeplaner' }).first().click();
    await chief.page.getByRole('button', { name: 'Öppna planen' }).click();
    await chief.page.getByRole('button', { name: 'Lägg till orsak' }).click();
    await field(chief, 'Orsak A').fill('Sparat före avbrottet.');
    await saved(chief);
    const colleague = await Window.open(browser, server.url);
    await colleague.signIn('kundvalet-1-medarbetare');
    await colleague.goto(new URL(chief.page.url()).pathname);
    await field(colleague, 'Orsak A').getByText('Sparat före avbrottet.').waitFor();
    await field(chief, 'Orsak A').press('Control+End');
    const typing = chief.page.keyboard.type(' Skrivet under avbrottet, och inget av det går förlorat.', { delay: 30 });
    await server.kill();
    await typing;
    await chief.page
      .getByText(/Sparas inte/)
      .first()
      .waitFor();
    await server.launch();
    await saved(chief);
    await field(colleague, 'Orsak A')
      .getByText('Sparat före avbrottet. Skrivet under avbrottet, och inget av det går förlorat.')
      .waitFor({ timeout: 30_000 });
    await field(colleague, 'Orsak A').press('Control+End');
    await colleague.page.keyboard.type(' Och vidare.');
    await field(chief, 'Orsak A').getByText('Och vidare.').waitFor();
    await colleague.close();
  });

  it('no window reported a fault', async () => {
    await Promise.all([chief.close(), reviewer.close(), board.close()]);
  });
});
