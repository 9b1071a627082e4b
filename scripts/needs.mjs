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

/** null when the test database answers; else what to do about it. */
export function missingMariadb() {
  const url = new URL(process.env.SAMSYN_TEST_MARIADB_URL ?? 'mysql://root@127.0.0.1:3306');
  const probe = spawnSync(process.execPath, [
    '-e',
    `require('node:net').connect(${Number(url.port || 3306)}, ${JSON.stringify(url.hostname)}).on('data', () => process.exit(0)).on('error', () => process.exit(1)).setTimeout(3000, () => process.exit(1))`,
  ]);
  if (probe.status === 0) return null;
  return `No MariaDB answers at ${url.host}. Start one (Debian: apt-get install mariadb-server && service mariadb start, or docker compose up -d mariadb), or set SAMSYN_TEST_MARIADB_URL to one where databases may be made.`;
}
