import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../harness/startServer.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs one of the server's commands to its end. */
function command(args: readonly string[], env: Record<string, string>): { code: number | null; text: string } {
  const done = spawnSync(
    join(ROOT, 'node_modules/.bin/node'),
    ['--disable-warning=ExperimentalWarning', join(ROOT, 'server/dist/cli.js'), ...args],
    {
      encoding: 'utf8',
      timeout: 40_000,
      env: { PATH: process.env['PATH'], DATA_DIR: join(tmpdir(), `samsyn-process-${process.pid}`), LOG_LEVEL: 'silent', ...env },
    },
  );
  return { code: done.status, text: `${done.stdout}${done.stderr}` };
}

describe('the process', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('answers for its health', async () => {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  it('says which port is taken, and how to choose another', () => {
    const { code, text } = command(['serve'], { DEMO: '1', PORT: new URL(server.url).port });
    expect(code).toBe(1);
    expect(text).toContain('already in use');
    expect(text).not.toContain('    at ');
  });

  it('says that the database can not be reached', async () => {
    const closed = createServer();
    const port = await new Promise<number>((resolve) =>
      closed.listen(0, '127.0.0.1', () => resolve((closed.address() as { port: number }).port)),
    );
    await new Promise((resolve) => closed.close(resolve));
    const { code, text } = command(['serve'], { PORT: '0', DATABASE_URL: `mysql://root@127.0.0.1:${port}/samsyn` });
    expect(code).toBe(1);
    expect(text).toContain("The database can't be reached");
    expect(text).not.toContain('    at ');
  });

  it('refuses demo mode beyond loopback, and names every fault at once', () => {
    const { code, text } = command(['serve'], { DEMO: '1', HOST: '0.0.0.0', PORT: 'x' });
    expect(code).toBe(1);
    expect(text).toMatch(/PORT: must be a whole number/);
    expect(command(['serve'], { DEMO: '1', HOST: '0.0.0.0', PUBLIC_URL: 'https://samsyn.example' }).text).toMatch(/loopback only/);
  });

  it('has no demo accounts outside demo mode', async () => {
    const plain = await TestServer.start({ beside: server, env: { DEMO: '0' } });
    try {
      await expect(plain.as('kson-avtalsansvarig')).rejects.toThrow(/no demo account/);
    } finally {
      await plain.terminate();
    }
  });

  it('makes a huvudman and its first administrator, who comes in by a link', () => {
    const { code, text } = command(
      [
        'admin',
        'create-huvudman',
        '--key',
        'prov',
        '--name',
        'Provkommunen',
        '--short-name',
        'Prov',
        '--email',
        'admin@prov.example',
        '--user-name',
        'Administratör',
      ],
      { DATABASE_URL: server.database.url, DATA_DIR: server.dataDir },
    );
    expect(text).toMatch(/\/inbjudan\/[\w-]{20,}/);
    expect(code).toBe(0);
  });

  it('ends with 0 when told to stop', async () => {
    const other = await TestServer.start({ beside: server });
    expect(await other.terminate()).toBe(0);
  });
});
