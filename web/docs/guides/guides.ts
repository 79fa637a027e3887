/** A guide as its Markdown file has it. */
export interface Guide {
  /** Last part of its address. */
  readonly slug: string;
  readonly title: string;
  /** The sentence that says what it is about. */
  readonly lead: string;
  /** All of the file below its title. */
  readonly body: string;
  readonly sections: readonly Section[];
}

/** A heading with the words below it. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly level: number;
  /** The line of the heading in the body, from 1 on. */
  readonly line: number;
  readonly text: string;
}

/** Reads the guides from their files, in the order of the numbers in their names. */
export function readGuides(files: Readonly<Record<string, string>>): Guide[] {
  return Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => readGuide(guideSlug(path), text));
}

/** 'webhooks' of './07-webhooks.md'. */
export function guideSlug(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/^\d+-/, '').replace(/\.md$/, '');
}

/** Reads a page of Markdown: its title, what it is about, and its sections. */
export function readGuide(slug: string, text: string): Guide {
  const [, title = slug, body = ''] = /^#\s+(.+?)\s*\n([\s\S]*)$/.exec(text) ?? [undefined, slug, text];
  const lead = body.trim().split(/\n\s*\n/)[0] ?? '';
  return { slug, title, lead: lead.startsWith('#') ? '' : plainText(lead), body, sections: sectionsOf(body) };
}

/** The sections of a page. Lines that begin with # inside of code are no headings. */
export function sectionsOf(body: string): Section[] {
  const name = headingNames();
  const sections: { id: string; title: string; level: number; line: number; lines: string[] }[] = [];
  let fenced = false;
  for (const [index, line] of body.split('\n').entries()) {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    const [, marks = '', title] = (fenced ? undefined : /^(#{2,6})\s+(.+?)\s*#*$/.exec(line)) ?? [];
    if (title === undefined) sections.at(-1)?.lines.push(line);
    else {
      const words = plainText(title);
      sections.push({ id: name(words), title: words, level: marks.length, line: index + 1, lines: [] });
    }
  }
  return sections.map(({ lines, ...section }) => ({ ...section, text: plainText(lines.join('\n')) }));
}

/** Gives headings of one page their anchors, the same that GitHub gives them. */
export function headingNames(): (title: string) => string {
  const used = new Map<string, number>();
  return (title) => {
    const base = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-');
    const before = used.get(base) ?? 0;
    used.set(base, before + 1);
    return before === 0 ? base : `${base}-${before}`;
  };
}

/** The address in the portal of a link of a guide: other guides are files beside it. Undefined for other files. */
export function portalAddress(href: string): string | undefined {
  const [path = '', anchor] = href.split('#');
  if (/^[a-z][a-z+.-]*:/i.test(href)) return href;
  if (!path.endsWith('.md')) return path.startsWith('/') || path === '' ? href : undefined;
  if (!/^(\.\/)?\d+-[^/]+\.md$/.test(path)) return undefined;
  return `/docs/guides/${guideSlug(path)}${anchor === undefined ? '' : `#${anchor}`}`;
}

/** Markdown without its marks, for search and for titles. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^\s*(```|~~~).*$/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*\|?[\s:|-]+\|?\s*$/gm, '')
    .replace(/[`*|]|^\s*[>#-]+\s/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
