import { Container, Title } from '@mantine/core';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { docs } from '../i18n/docs.en.ts';

i18next.addResourceBundle('en', 'docs', docs);

/** The first page of the documentation. */
export function Start() {
  const { t } = useTranslation('docs');
  return (
    <Container>
      <Title order={1}>{t('title')}</Title>
    </Container>
  );
}
