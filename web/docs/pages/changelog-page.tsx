import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { changelog } from '../guides/content.ts';
import { MarkdownText } from '../guides/markdown.tsx';
import { useAnchor } from '../layout/use-anchor.ts';
import classes from './pages.module.css';

/** What changed from version to version. */
export function ChangelogPage() {
  const { t } = useTranslation('docs');
  useAnchor(true);
  return (
    <article className={classes.text}>
      <title>{t('page.title', { title: t('changelog.title') })}</title>
      <Title order={1} mb="md">
        {t('changelog.title')}
      </Title>
      <MarkdownText sections={changelog.sections}>{changelog.body}</MarkdownText>
    </article>
  );
}
