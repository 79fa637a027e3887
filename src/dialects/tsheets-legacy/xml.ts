import { XMLBuilder } from 'fast-xml-parser';
import type { Tree } from './action.ts';

const builder = new XMLBuilder({
  format: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressBooleanAttributes: false,
  // Its own list of entities has no place for what parsers take for a line feed, or for a broken encoding.
  processEntities: false,
  tagValueProcessor: (_name, value) => escaped(String(value), /[&<>\r\u{7f}-\u{9f}\u{2028}\u{fffd}]/gu),
  attributeValueProcessor: (_name, value) => escaped(String(value), /[&<>"'\t\n\r\u{7f}-\u{9f}\u{2028}\u{fffd}]/gu),
});

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** An answer as an XML document, `<result>` around it. Whatever its texts hold, the document is well-formed. */
export function xmlOf(fields: { readonly [name: string]: Tree }): string {
  return `${declaration}${builder.build({ result: nodeOf(fields) })}`;
}

/** The same piece by piece, with a list of this name at the end. */
export async function* xmlPieces(
  fields: { readonly [name: string]: Tree },
  name: string,
  rows: AsyncIterable<Tree>,
): AsyncGenerator<string> {
  let before = `${declaration}<result>\n${builder.build(nodeOf(fields))}<${name}>`;
  for await (const row of rows) {
    yield before + builder.build({ item: nodeOf(row) });
    before = '';
  }
  yield `${before}</${name}>\n</result>\n`;
}

type Node = string | { [name: string]: Node | Node[] };

/**
 * What the builder makes elements of. The entries of a list become elements `item`, and so do properties whose name can not
 * be that of an element, such as ids: they have it as their attribute `id`.
 */
function nodeOf(value: Tree): Node {
  if (Array.isArray(value)) return { item: value.map(nodeOf) };
  if (typeof value !== 'object') return textOf(value as string | number | boolean);
  const node: { [name: string]: Node | Node[] } = {};
  const items: Node[] = [];
  for (const [name, property] of Object.entries(value as { readonly [name: string]: Tree })) {
    const inner = nodeOf(property);
    if (elementName.test(name)) node[name] = inner;
    else items.push({ '@id': name, ...(typeof inner === 'string' ? { '#text': inner } : inner) });
  }
  return items.length === 0 ? node : { ...node, item: items };
}

const elementName = /^[A-Za-z_][\w.-]*$/;

/** A value as text, in which whether something is so is 1 or 0. */
function textOf(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? '1' : '0') : String(value);
}

/** Characters that no XML 1.0 document may hold, not even escaped. Half a surrogate pair is made one of them before. */
const unwritable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

function escaped(text: string, special: RegExp): string {
  return text
    .toWellFormed()
    .replace(unwritable, '\u{fffd}')
    .replace(special, (character) => `&#${character.charCodeAt(0)};`);
}
