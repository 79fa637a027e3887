import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** Leftmost first. A layer may import the tiers after its own; layers of one tier may not import each other. */
const tiers = [
  ['main'],
  ['commands'],
  ['app'],
  ['descriptions'],
  ['jobs'],
  ['dialects'],
  ['http'],
  ['operations'],
  ['reports'],
  ['resources', 'channels'],
  ['engine'],
  ['store', 'rules'],
  ['lib'],
];
const order =
  'main → commands → app → descriptions → jobs → dialects → http → operations → reports → resources | channels → engine → store | rules → lib';
const mayReadConfig = ['main', 'commands', 'app'];
const mayWriteSql = ['store', 'engine', 'resources', 'reports', 'channels'];

interface Import {
  readonly line: number;
  readonly from: string;
  readonly typeOnly: boolean;
}

const imports =
  /(?:^|\n)[ \t]*(?:import|export)\b(?<what>[^;'"]*?)\bfrom\s*['"](?<from>[^'"]+)['"]|\bimport\s*\(?\s*['"](?<bare>[^'"]+)['"]/g;

function importsOf(source: string): Import[] {
  return [...source.matchAll(imports)].map((match) => {
    const { what = '', from, bare } = match.groups ?? {};
    const names =
      /\{([^}]*)\}/
        .exec(what)?.[1]
        ?.split(',')
        .filter((name) => name.trim() !== '') ?? [];
    const typeOnly = /^\s*type\b/.test(what) || (names.length > 0 && names.every((name) => /^\s*type\s/.test(name)));
    const at = match.index + match[0].search(/\S/);
    return { line: source.slice(0, at).split('\n').length, from: from ?? bare ?? '', typeOnly };
  });
}

/** 'dialects' and 'tsheets-rest' of src/dialects/tsheets-rest/read.ts; 'app' of src/app.ts. */
function placeOf(path: string): { layer: string; part: string } {
  const [, first = '', second = ''] = path.split('/');
  return { layer: first.replace(/\.ts$/, ''), part: second };
}

const tierOf = (layer: string): number => tiers.findIndex((tier) => tier.includes(layer));

function ruleAgainst(path: string, { from, typeOnly }: Import): string | undefined {
  if (!from.startsWith('.')) return undefined;
  const target = normalize(join(dirname(path), from));
  if (!target.startsWith('src/')) return target === 'package.json' ? undefined : 'src imports nothing outside src';
  const [own, other] = [placeOf(path), placeOf(target)];
  if (target === 'src/store/sql.ts' && !mayWriteSql.includes(own.layer))
    return 'SQL is written only in store, engine, resources, reports and channels';
  if (other.layer === 'config' && own.layer === 'config') return undefined;
  if (other.layer === 'config') {
    if (tierOf(own.layer) >= tierOf('store')) return `${own.layer} does not know the configuration`;
    if (!typeOnly && !mayReadConfig.includes(own.layer))
      return 'only main, commands and app import config.ts as a value; import its types';
    return undefined;
  }
  if (own.layer === 'config') return other.layer === 'lib' ? undefined : 'config.ts imports only lib';
  if (tierOf(own.layer) < 0) return `src/${own.layer} is no known layer: add it to test/layers.test.ts`;
  if (tierOf(other.layer) < 0) return `src/${other.layer} is no known layer: add it to test/layers.test.ts`;
  if (own.layer !== other.layer) {
    return tierOf(own.layer) < tierOf(other.layer)
      ? undefined
      : `${own.layer} may import only what stands to its right: ${order}`;
  }
  return own.layer === 'dialects' && own.part !== other.part ? 'one dialect never imports another' : undefined;
}

const readsEnvironment = /\bprocess\s*(\.\s*|\[\s*['"])env\b|from\s+['"](node:)?process['"]/;
const blank = (comment: string): string => comment.replace(/[^\n]/g, ' ');

/** The offences of one file against the layers, as 'file:line: rule'. `resources` are the names that the engine may not say. */
function offences(path: string, source: string, resources: readonly string[]): string[] {
  const found = importsOf(source).flatMap((statement) => {
    const rule = ruleAgainst(path, statement);
    return rule === undefined ? [] : [`${path}:${statement.line}: imports ${statement.from}, but ${rule}`];
  });
  const code = source.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(^|\s)\/\/.*/g, blank);
  code.split('\n').forEach((line, index) => {
    const place = `${path}:${index + 1}`;
    if (path !== 'src/config.ts' && readsEnvironment.test(line))
      found.push(`${place}: only config.ts reads process.env`);
    if (!path.startsWith('src/engine/')) return;
    for (const text of line.match(/'[^']*'|"[^"]*"|`[^`]*`/g) ?? []) {
      const named = resources.find((name) => new RegExp(`\\b${name.replaceAll('-', '[-_]')}\\b`).test(text));
      if (named !== undefined) found.push(`${place}: the engine never names a resource, but says ${named}`);
    }
  });
  return found;
}

const root = fileURLToPath(new URL('../', import.meta.url));

test('every file of src imports only what stands to its right', () => {
  const resources = readdirSync(join(root, 'src/resources'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `src/${name.replaceAll('\\', '/')}`);
  assert.ok(files.length > 20);
  const found = files.flatMap((path) => offences(path, readFileSync(join(root, path), 'utf8'), resources));
  assert.equal(found.length, 0, `\n${found.join('\n')}\n`);
});

test('the checker finds made-up offenders, with file, line and rule', () => {
  const cases: [path: string, source: string, expected: RegExp | undefined][] = [
    [
      'src/engine/list.ts',
      "// why\nimport { a } from '../resources/any/definition.ts';",
      /^src\/engine\/list\.ts:2: .*to its right/,
    ],
    ['src/engine/list.ts', 'const table = sql`SELECT id FROM users`;', /engine never names a resource, but says users/],
    ['src/engine/list.ts', "// as for 'users'\n/* and\n'users' */", undefined],
    ['src/rules/overlap.ts', "import type { Db } from '../store/db.ts';", /rules may import only/],
    ['src/store/db.ts', "import { permits } from '../rules/permissions.ts';", /store may import only/],
    ['src/store/db.ts', "import type { Config } from '../config.ts';", /store does not know the configuration/],
    ['src/lib/time.ts', "export { migrate } from '../store/migrate.ts';", /lib may import only/],
    ['src/http/identify.ts', "import {\n  type Config,\n} from '../config.ts';", undefined],
    [
      'src/http/identify.ts',
      "import {\n  type Config,\n  readConfig,\n} from '../config.ts';",
      /:1: .*only main, commands and app/,
    ],
    ['src/http/identify.ts', "import { sql } from '../store/sql.ts';", /SQL is written only in/],
    [
      'src/http/identify.ts',
      "import { tsheetsRest } from '../dialects/tsheets-rest/routes.ts';",
      /http may import only/,
    ],
    [
      'src/dialects/timekit/read.ts',
      "import { parse } from '../tsheets-rest/read.ts';",
      /one dialect never imports another/,
    ],
    [
      'src/dialects/timekit/read.ts',
      "import { parse } from './write.ts';\nimport '../../http/identify.ts';",
      undefined,
    ],
    ['src/dialects/timekit/read.ts', "\n\nimport '../../jobs/mail.ts';", /:3: .*dialects may import only/],
    [
      'src/reports/payroll.ts',
      "const load = () => import('../operations/sign-up.ts');",
      /:1: .*reports may import only/,
    ],
    [
      'src/operations/clock-in.ts',
      "import { list } from '../engine/list.ts';\nexport * from '../app.ts';",
      /:2: .*operations may import only/,
    ],
    ['src/operations/clock-in.ts', 'const zone = process.env.TZ;', /:1: only config\.ts reads process\.env/],
    ['src/operations/clock-in.ts', "const zone = process['env'].TZ;", /process\.env/],
    ['src/operations/clock-in.ts', "import { env } from 'node:process';", /process\.env/],
    ['src/config.ts', 'readConfig(process.env);', undefined],
    ['src/config.ts', "import { migrate } from './store/migrate.ts';", /config\.ts imports only lib/],
    ['src/helpers/any.ts', "import { now } from '../lib/clock.ts';", /no known layer/],
    ['src/lib/any.ts', "import { support } from '../../test/support/any.ts';", /nothing outside src/],
    ['src/app.ts', "import Fastify from 'fastify';\nimport { a } from './dialects/timekit/routes.ts';", undefined],
  ];
  for (const [path, source, expected] of cases) {
    const found = offences(path, source, ['users', 'jobcode-assignments']);
    if (expected === undefined) assert.deepEqual(found, [], source);
    else {
      assert.equal(found.length, 1, `${source}\n${found.join('\n')}`);
      assert.match(found.join(), expected);
    }
  }
});
