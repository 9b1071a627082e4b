import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, planById, plansOf, type PlanRow } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';
import { Window, launch } from './browser.js';

const CAUSE = 'Rutinen finns som utkast men är inte beslutad.';

describe('where the network lets no WebSocket through', () => {
  let server: TestServer;
  let browser: Browser;
  let plan: PlanRow;

  beforeAll(async () => {
    server = await TestServer.start();
    browser = await launch();
    const chief = await server.as('kundvalet-1-verksamhetschef');
    plan = (await plansOf(chief)).get('kv-1') as PlanRow;
    await act(chief, 'openPlan', { planId: plan.id });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  it('the page goes over to HTTP by itself, says so, and saves; the other, on a socket, sees it', async () => {
    const [blocked, open] = [await Window.open(browser, server.url), await Window.open(browser, server.url)];
    // As behind a proxy that knows no upgrade: the socket fails, the pages and everything else work.
    await blocked.page.addInitScript(() => {
      const Real = window.WebSocket;
      window.WebSocket = class extends Real {
        constructor(_url: string | URL, protocols?: string | string[]) {
          super(`ws://${location.hostname}:1/blocked`, protocols);
        }
      };
    });
    await blocked.signIn('kundvalet-1-verksamhetschef');
    await open.signIn('kundvalet-1-medarbetare');
    await Promise.all([blocked.goto(`/planer/${plan.id}`), open.goto(`/planer/${plan.id}`)]);
    await blocked.page.getByText('Ansluten utan WebSocket').waitFor();
    await blocked.page.getByRole('button', { name: 'Lägg till orsak' }).click();
    await blocked.page.getByRole('textbox', { name: 'Orsak A' }).fill(CAUSE);
    await blocked.page
      .locator('.save')
      .filter({ hasText: /^\s*Sparat \d/ })
      .waitFor();
    await open.page.getByRole('textbox', { name: 'Orsak A' }).getByText(CAUSE).waitFor();
    expect(await open.page.getByText('Ansluten utan WebSocket').count()).toBe(0);
    const chief = await server.as('kundvalet-1-verksamhetschef');
    expect((await planById(chief, plan.id)).content?.canonicalJson).toContain(CAUSE);
    await blocked.close();
    await open.close();
  });
});
