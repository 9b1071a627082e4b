// What the gate needs beside npm's packages: a MariaDB to talk to and a Chromium to drive. Installs Chromium where it may.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const CHROMIUM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where the browser is, or undefined. CHROMIUM_PATH wins. */
export const findBrowser = () => [process.env.CHROMIUM_PATH, ...CHROMIUM].find((path) => path && existsSync(path));

/** null when there is a browser (installed now if we are root on Debian); else what to do about it. */
export function missingBrowser() {
  if (findBrowser()) return null;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium from Debian …');
    spawnSync('sh', ['-c', 'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (findBrowser()) return null;
  }
  return 'No Chromium found. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to a Chrome or Chromium.';
}

/** Whether something at a TCP address takes connections, and (where it speaks first) says something. */
function answers(url, port, event) {
  const probe = spawnSync(process.execPath, [
    '-e',
    `require('node:net').connect(${Number(url.port || port)}, ${JSON.stringify(url.hostname)}).on('${event}', () => process.exit(0)).on('error', () => process.exit(1)).setTimeout(3000, () => process.exit(1))`,
  ]);
  return probe.status === 0;
}

/** null when the test database answers; else what to do about it. */
export function missingMariadb() {
  const url = new URL(process.env.SAMSYN_TEST_MARIADB_URL ?? 'mysql://root@127.0.0.1:3306');
  if (answers(url, 3306, 'data')) return null;
  return `No MariaDB answers at ${url.host}. Start one (Debian: apt-get install mariadb-server && service mariadb start, or docker compose up -d mariadb), or set SAMSYN_TEST_MARIADB_URL to one where databases may be made.`;
}

/** null when there is a Redis for the flows with several nodes; else what to do about it. */
export function missingRedis() {
  const url = new URL(process.env.SAMSYN_TEST_REDIS_URL ?? 'redis://127.0.0.1:6379');
  if (answers(url, 6379, 'connect')) return null;
  return `No Redis answers at ${url.host}. Start one (Debian: apt-get install redis-server && service redis-server start), or set SAMSYN_TEST_REDIS_URL.`;
}
