import { Tabs, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keyWayOf, placeholders, withKey } from '../reference/keys.ts';
import type { Endpoint } from '../reference/model.ts';
import { draftOf, requestOf } from '../reference/request.ts';
import { useApi } from '../reference/use-api.ts';
import { CodeBlock } from './code-block.tsx';
import { languages, writeSample } from './languages.ts';
import classes from './samples.module.css';
import { useLanguage } from './use-language.ts';

/** The example request of an endpoint as programs in eight languages. The choice of one holds for all endpoints. */
export function CodeSamples({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('docs');
  const { document } = useApi();
  const [language, setLanguage] = useLanguage();
  const { data: code = '' } = useQuery({
    queryKey: ['docs', 'sample', endpoint.id, language],
    queryFn: () => {
      const request = requestOf(endpoint, draftOf(endpoint, document.components.schemas), window.location.origin);
      return writeSample(language, withKey(request, keyWayOf(endpoint, document), placeholders[endpoint.dialect]));
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Title order={3} size="h5">
        {t('endpoint.samples')}
      </Title>
      <Tabs value={language} onChange={setLanguage} keepMounted={false}>
        <Tabs.List className={classes.tabs} aria-label={t('code.languages')}>
          {languages.map(({ name, title }) => (
            <Tabs.Tab key={name} value={name}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {languages.map(({ name, title, colours }) => (
          <Tabs.Panel key={name} value={name}>
            <CodeBlock code={code} language={colours} label={t('code.in', { language: title })} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}
