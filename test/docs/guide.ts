import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../docs/guides/', import.meta.url);

/** A fenced block of code, with what stands behind its language. */
export interface Block {
  readonly language: string;
  /** Words behind the language that have no value, such as `answer`. */
  readonly flags: readonly string[];
  /** Words with a value, such as `status=417`; of several with one name all. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly text: string;
  readonly line: number;
}

/** A guide as it stands in its file. */
export interface Guide {
  readonly file: string;
  readonly text: string;
  /** The text without code, in which links and headings are looked for. */
  readonly prose: string;
  readonly blocks: readonly Block[];
}

/** All guides, in the order of their numbers. */
export function readGuides(): Guide[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => guideOf(file, readFileSync(new URL(file, folder), 'utf8')));
}

function guideOf(file: string, text: string): Guide {
  const blocks: Block[] = [];
  const prose: string[] = [];
  let open: { info: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^```(.*)$/.exec(line);
    if (open === undefined && fence !== null) open = { info: fence[1] ?? '', line: index + 1, lines: [] };
    else if (open !== undefined && fence !== null) {
      blocks.push(blockOf(open));
      open = undefined;
    } else (open?.lines ?? prose).push(line);
  }
  return { file, text, prose: prose.join('\n'), blocks };
}

function blockOf({ info, line, lines }: { info: string; line: number; lines: readonly string[] }): Block {
  const [language = '', ...words] = info.trim().split(/\s+/);
  const options = new Map<string, string[]>();
  const flags: string[] = [];
  for (const word of words) {
    const [name = '', value] = word.split(/=(.*)/s);
    if (value === undefined) flags.push(name);
    else options.set(name, [...(options.get(name) ?? []), value]);
  }
  return { language, flags, options, text: lines.join('\n'), line };
}

/** The anchors that the headings of a text get. */
export function anchorsOf(prose: string): Set<string> {
  return new Set(
    [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}
