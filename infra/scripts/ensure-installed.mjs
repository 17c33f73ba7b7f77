// Installs the npm packages when they are missing or when the lock file changed since; otherwise answers at once.
// Node's own modules only: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const stamp = join(root, 'node_modules', '.temoin-installed');
const lockFile = join(root, 'package-lock.json');

/** @returns {string | undefined} a sentence when this Node is too old */
export function nodeTooOld(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `Témoin needs Node 20.19 or later; this is Node ${version}. Install a current Node (https://nodejs.org) and run the command again.`;
}

const read = (path) => readFile(path).catch(() => undefined);

async function wantedStamp() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\n`);
  hash.update((await read(lockFile)) ?? '');
  const { dependencies, devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  hash.update(JSON.stringify([dependencies, devDependencies]));
  return hash.digest('hex');
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** One installation at a time: another terminal may have started the same. */
async function withInstallLock(work) {
  const path = join(root, '.temoin', 'install.lock');
  await mkdir(dirname(path), { recursive: true });
  for (let waited = 0; ; waited += 1) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = Number((await read(path))?.toString());
      if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
      else if (waited === 0) process.stderr.write('Another terminal is installing the packages; waiting for it.\n');
      await sleep(300);
    }
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** Runs npm as the caller runs it; its output goes to standard error. */
function npm(args) {
  const script = process.env.npm_execpath;
  const own = script?.endsWith('.js') || script?.endsWith('.cjs');
  const [command, first] = own ? [process.execPath, [script]] : ['npm', []];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32' && !own,
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
}

async function install() {
  const before = await read(lockFile);
  process.stderr.write('Installing the npm packages (once; about a minute)…\n');
  // `npm ci` insists on optional packages of other platforms, which not every registry mirror carries.
  const code = await npm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  const after = await read(lockFile);
  if (before && (!after || !before.equals(after))) await writeFile(lockFile, before);
  if (code !== 0)
    throw new Error(
      `npm install failed (${code}). See the lines above; a network or a registry that answers is needed once.`,
    );
}

/** @returns {Promise<boolean>} true when something was installed */
export async function ensureInstalled() {
  if ((await read(stamp))?.toString() === (await wantedStamp())) return false;
  return withInstallLock(async () => {
    if ((await read(stamp))?.toString() === (await wantedStamp())) return false;
    await install();
    await writeFile(stamp, await wantedStamp());
    return true;
  });
}

/**
 * What every script does first: the right Node, the packages, the build. Says what is wrong and ends the process when one
 * of them cannot be had.
 */
export async function prepare({ quiet = false } = {}) {
  const tooOld = nodeTooOld();
  if (tooOld) fail(tooOld);
  try {
    await ensureInstalled();
  } catch (error) {
    fail(error.message);
  }
  const { build } = await import('./build.mjs');
  const result = await build();
  if (!quiet && result.compiled > 0) process.stderr.write(`build: ${result.compiled} files compiled\n`);
  return result;
}

/** Says it on standard error and ends the process. */
export function fail(sentence, code = 1) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const tooOld = nodeTooOld();
  if (tooOld) fail(tooOld);
  await ensureInstalled();
}
