import { Code } from '@mantine/core';
import { createElement, Fragment } from 'react';
import { MarkdownText } from '../guides/markdown.tsx';

/**
 * A description out of the document, which is Markdown. Most are a sentence with names in it; a page has hundreds of these, and a
 * parser for each would make it slow.
 */
export function RichText({ children }: { children: string }) {
  if (/\]\(|(^|\s)[*_]+\w|\n|^#|https?:/.test(children.replace(/`[^`]*`/g, '')))
    return <MarkdownText>{children}</MarkdownText>;
  const parts = children.split('`').map((part, index) => (index % 2 === 1 ? createElement(Code, null, part) : part));
  return createElement(Fragment, null, ...parts);
}
