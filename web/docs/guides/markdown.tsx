import { Anchor, Blockquote, Code, List, Table, Text, Title } from '@mantine/core';
import { Children, createContext, isValidElement, type ReactNode, use } from 'react';
import Markdown, { type Components, type ExtraProps } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { AnchorMark } from '../layout/anchor-mark.tsx';
import { PortalLink } from '../layout/portal-link.tsx';
import { CodeBlock } from '../samples/code-block.tsx';
import { portalAddress, type Section } from './guides.ts';
import classes from './markdown.module.css';

const SectionsContext = createContext<readonly Section[]>([]);

/** Markdown as the portal shows it. Headings that are among the sections have anchors. */
export function MarkdownText({ children, sections = [] }: { children: string; sections?: readonly Section[] }) {
  return (
    <SectionsContext value={sections}>
      <div className={classes.markdown}>
        <Markdown remarkPlugins={[remarkGfm]} components={components}>
          {children}
        </Markdown>
      </div>
    </SectionsContext>
  );
}

function Heading({ order, node, children }: { order: 2 | 3 | 4; children?: ReactNode } & ExtraProps) {
  const sections = use(SectionsContext);
  const section = sections.find(({ line }) => line === node?.position?.start.line);
  return (
    <Title order={order} id={section?.id} className={classes.heading}>
      {children}
      {section !== undefined && <AnchorMark id={section.id} title={section.title} />}
    </Title>
  );
}

/** Names of languages that guides use, as the highlighter calls them. */
const aliases: Readonly<Record<string, string>> = {
  sh: 'bash',
  shell: 'bash',
  js: 'javascript',
  ts: 'typescript',
  http: 'ini',
};

const components: Components = {
  h2: (props) => <Heading order={2} {...props} />,
  h3: (props) => <Heading order={3} {...props} />,
  h4: (props) => <Heading order={4} {...props} />,
  p: ({ children }) => <Text component="p">{children}</Text>,
  a: ({ href = '', children }) => {
    const address = portalAddress(href);
    if (address === undefined) return <span>{children}</span>;
    if (/^\/(docs|api-access|account)(\/|$|#)/.test(address))
      return (
        <PortalLink address={address} inherit underline="always">
          {children}
        </PortalLink>
      );
    return (
      <Anchor href={address} inherit underline="always">
        {children}
      </Anchor>
    );
  },
  ul: ({ children }) => <List>{children}</List>,
  ol: ({ children, start }) => (
    <List type="ordered" {...(start === undefined ? {} : { start })}>
      {children}
    </List>
  ),
  li: ({ children }) => <List.Item>{children}</List.Item>,
  blockquote: ({ children }) => <Blockquote p="sm">{children}</Blockquote>,
  code: ({ children }) => <Code>{children}</Code>,
  pre: ({ children }) => {
    const [code] = Children.toArray(children);
    if (!isValidElement<{ className?: string; children?: ReactNode }>(code)) return <pre>{children}</pre>;
    const language = /language-(\S+)/.exec(code.props.className ?? '')?.[1] ?? 'text';
    return (
      <CodeBlock code={wordsOf(code.props.children).replace(/\n$/, '')} language={aliases[language] ?? language} />
    );
  },
  table: ({ children }) => (
    <Table.ScrollContainer minWidth={0} type="native" tabIndex={0}>
      <Table>{children}</Table>
    </Table.ScrollContainer>
  ),
  thead: ({ children }) => <Table.Thead>{children}</Table.Thead>,
  tbody: ({ children }) => <Table.Tbody>{children}</Table.Tbody>,
  tr: ({ children }) => <Table.Tr>{children}</Table.Tr>,
  th: ({ children }) => <Table.Th>{children}</Table.Th>,
  td: ({ children }) => <Table.Td>{children}</Table.Td>,
};

function wordsOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(wordsOf).join('');
  return isValidElement<{ children?: ReactNode }>(node) ? wordsOf(node.props.children) : '';
}
