import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testDatabase, type TestDatabase } from './database.js';
import { Client } from './client.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUNTIME = join(ROOT, 'node_modules/.bin/node');
const SERVER = join(ROOT, 'server/dist/cli.js');
const START_LIMIT_MS = 45_000;

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Another node on the same database and files. */
  readonly beside?: TestServer;
}

/** A real server process on a port of its own, with demo data, on the database kind the run is for. */
export class TestServer {
  private child: ChildProcess | undefined;
  private output = '';
  url = '';

  private constructor(
    readonly dataDir: string,
    readonly database: TestDatabase,
    private readonly env: Readonly<Record<string, string>>,
    private readonly owns: boolean,
  ) {}

  static async start({ env = {}, beside }: StartOptions = {}): Promise<TestServer> {
    if (!existsSync(SERVER)) throw new Error('The server is not built: npm run build:code');
    const dataDir = beside?.dataDir ?? mkdtempSync(join(tmpdir(), 'samsyn-flow-'));
    const server = new TestServer(dataDir, beside?.database ?? (await testDatabase()), env, !beside);
    await server.launch();
    return server;
  }

  /** Starts the process (again), on the same port if it had one, and waits until it answers. */
  async launch(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port;
    this.output = '';
    const child = spawn(RUNTIME, ['--disable-warning=ExperimentalWarning', SERVER, 'serve'], {
      cwd: this.dataDir,
      env: {
        PATH: process.env['PATH'],
        DEMO: '1',
        PORT: port,
        DATA_DIR: this.dataDir,
        DATABASE_URL: this.database.url,
        LOG_LEVEL: 'warn',
        ...this.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.url = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`The server did not start in ${START_LIMIT_MS} ms:\n${this.output}`)), START_LIMIT_MS);
      const read = (chunk: Buffer): void => {
        this.output += chunk.toString();
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(this.output);
        if (!address) return;
        clearTimeout(late);
        resolve(address[0]);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.on('exit', (code) => {
        clearTimeout(late);
        reject(new Error(`The server ended with ${code}:\n${this.output}`));
      });
    });
  }

  /** What the process has printed since it started. */
  get printed(): string {
    return this.output;
  }

  /** Ends the process at once, as a power cut would; its files stay. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Stops the process where it stands, as a machine that swaps or a paused container does; `resume` lets it go on. */
  suspend(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  /** Asks the process to end and answers with its exit code. */
  terminate(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** A client signed in by one of the demo's buttons. */
  as(demoKey: string): Promise<Client> {
    return Client.signedIn(this.url, demoKey);
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
    if (!this.owns) return;
    await this.database.drop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child?.exitCode ?? null);
    return new Promise((resolve) => {
      child.once('exit', (code) => resolve(code));
      child.kill(signal);
    });
  }
}
