import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { findBrowser } from '../../scripts/needs.mjs';

const OUTPUT = fileURLToPath(new URL('./output', import.meta.url));
/** WCAG 2.2 AA is our target; the law asks 2.1 AA. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 320, height: 720 };

/** Faults that a page reported while a test ran: a console error is a defect here. */
export class Window {
  readonly faults: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly url: string,
  ) {
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      // A socket that is refused while the server restarts is part of the story.
      if (message.type() === 'error' && !/WebSocket|ERR_CONNECTION|Failed to load resource|Failed to fetch/.test(message.text()))
        this.faults.push(message.text());
    });
  }

  /** A browser window of its own, with its own cookies. */
  static async open(browser: Browser, url: string, viewport = WIDE): Promise<Window> {
    const context = await browser.newContext({ viewport, locale: 'sv-SE', timezoneId: 'Europe/Stockholm', reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    return new Window(context, page, url);
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(this.url + path);
    await this.hydrated();
  }

  /** A click before hydration is lost, so every visit waits for it. */
  async hydrated(): Promise<void> {
    await this.page.waitForSelector('html[data-hydrated="true"]');
  }

  /** Signs in by one of the demo's buttons, as a person would. */
  async signIn(demoKey: string): Promise<void> {
    await this.goto('/logga-in');
    await this.page.locator(`button[name="roll"][value="${demoKey}"]`).click();
    await this.page.waitForURL((address) => !address.pathname.startsWith('/logga-in'));
    await this.hydrated();
  }

  /** axe finds nothing, nothing sticks out sideways, and a picture is kept, at both widths. */
  async inspect(name: string): Promise<void> {
    mkdirSync(OUTPUT, { recursive: true });
    for (const viewport of [WIDE, NARROW]) {
      await this.page.setViewportSize(viewport);
      const { violations } = await new AxeBuilder({ page: this.page }).withTags(WCAG).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`),
        `${name} at ${viewport.width} px`,
      ).toEqual([]);
      const overflow = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `${name} sticks out at ${viewport.width} px`).toBeLessThanOrEqual(0);
      await this.page.screenshot({ path: join(OUTPUT, `${name}-${viewport.width}.png`), fullPage: true });
    }
    await this.page.setViewportSize(WIDE);
  }

  async close(): Promise<void> {
    await this.context.close();
    expect(this.faults).toEqual([]);
  }
}

export async function launch(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chromium: the gate says what to install.');
  return chromium.launch({
    executablePath,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
