import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../components/copy-button.tsx';
import classes from './samples.module.css';
import { useHighlighted } from './use-highlighted.ts';

interface CodeBlockProps {
  code: string;
  /** Name of the language, as in Markdown. */
  language: string;
  /** What it is, for people who can not see where it stands. */
  label?: string;
}

/** Code in colours, with a button that copies it. */
export function CodeBlock({ code, language, label }: CodeBlockProps) {
  const { t } = useTranslation('docs');
  const place = useRef<HTMLElement>(null);
  const html = useHighlighted(code, language, place);
  return (
    <div className={classes.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long code scrolls inside of its box, by keyboard too. */}
      <figure ref={place} className={classes.code} tabIndex={0} aria-label={label ?? t('code.label')}>
        {html === undefined ? (
          <pre>{code}</pre>
        ) : (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: highlight.js escapes the code, and adds nothing but spans.
          <pre dangerouslySetInnerHTML={{ __html: html }} />
        )}
      </figure>
      <div className={classes.copy}>
        <CopyButton value={code} label={t('code.copy')} />
      </div>
    </div>
  );
}
