import { Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../../screens/not-found.tsx';
import { guides } from '../guides/content.ts';
import { MarkdownText } from '../guides/markdown.tsx';
import { useAnchor } from '../layout/use-anchor.ts';
import classes from './pages.module.css';

/** One guide. */
export function GuidePage() {
  const { t } = useTranslation('docs');
  const { slug } = useParams({ strict: false });
  const guide = guides.find((candidate) => candidate.slug === slug);
  useAnchor(guide !== undefined);
  if (guide === undefined) return <NotFound />;
  return (
    <article className={classes.text}>
      <title>{t('page.title', { title: guide.title })}</title>
      <Title order={1} mb="md">
        {guide.title}
      </Title>
      <MarkdownText key={guide.slug} sections={guide.sections}>
        {guide.body}
      </MarkdownText>
    </article>
  );
}
