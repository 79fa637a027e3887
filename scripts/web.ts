import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { withLock } from './lock.js';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'web', 'dist');
const stampFile = join(dist, '.stamp');

/** All that the built files depend on. */
const SOURCES = [
  'web/**/*.{ts,tsx,js,css,html,svg,json}',
  'docs/guides/*.md',
  'CHANGELOG.md',
  'package.json',
  'package-lock.json',
  'scripts/web.ts',
];
const NO_SOURCES = ['web/dist*/**', '**/*.test.ts'];

/** Below this many bytes an answer is one packet anyway. */
const WORTH_PACKING = 1024;

/**
 * Builds web/dist where it is not what the sources give. Safe when several start at once: one builds, the others wait.
 * Throws an Error with one sentence for the person at the terminal.
 */
export async function buildWeb(): Promise<void> {
  const wanted = stampOfSources();
  if (isBuilt(wanted)) return;
  try {
    await withLock(join(root, 'tmp', 'web.lock'), async () => {
      if (!isBuilt(wanted)) await build(wanted);
    });
  } catch (error) {
    const left = existsSync(join(dist, 'index.html'))
      ? 'What was built before is served.'
      : 'Without it the server has its APIs only.';
    throw new Error(`The web app can not be built: ${reasonOf(error)} ${left}`);
  }
}

function stampOfSources(): string {
  const hash = createHash('sha256');
  for (const path of globSync(SOURCES, { cwd: root, exclude: NO_SOURCES }).sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function isBuilt(stamp: string): boolean {
  try {
    return readFileSync(stampFile, 'utf8') === stamp;
  } catch {
    return false;
  }
}

/** Builds beside the old files and changes places with them at the end, so that a server always finds whole ones. */
async function build(stamp: string): Promise<void> {
  const [vite, { default: config }] = await Promise.all([import('vite'), import('../web/vite.config.ts')]);
  const [fresh, old] = [`${dist}.new`, `${dist}.old`];
  const clear = () =>
    [fresh, old].forEach((path) => {
      rmSync(path, { recursive: true, force: true });
    });
  clear();
  // Vite's own words for a folder that may not be written are a page long.
  mkdirSync(fresh);
  try {
    await vite.build({
      ...config,
      configFile: false,
      mode: 'production',
      logLevel: 'warn',
      build: { ...config.build, outDir: fresh },
    });
    await pack(join(fresh, 'assets'));
    writeFileSync(join(fresh, '.stamp'), stamp);
    replace(dist, old);
    renameSync(fresh, dist);
  } finally {
    clear();
  }
}

function replace(path: string, by: string): void {
  try {
    renameSync(path, by);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Writes what a server would otherwise compress for each request: file.br and file.gz beside the texts. */
async function pack(folder: string): Promise<void> {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(js|css|svg|json)$/.test(name),
  );
  await Promise.all(
    texts.map(async (name) => {
      const path = join(folder, name);
      const text = readFileSync(path);
      if (text.length < WORTH_PACKING) return;
      writeFileSync(`${path}.br`, await promisify(brotliCompress)(text));
      writeFileSync(`${path}.gz`, await promisify(gzip)(text, { level: 9 }));
    }),
  );
}

function reasonOf(error: unknown): string {
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `${path ?? 'the folder'} may not be written.`;
  if (code === 'ERR_MODULE_NOT_FOUND') return 'the packages for development are not installed; run npm ci.';
  return /[.!]$/.test(message) ? message : `${message}.`;
}

if (import.meta.main) {
  await buildWeb().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
