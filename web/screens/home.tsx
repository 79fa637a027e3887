import { Container, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The start page. */
export function Home() {
  const { t } = useTranslation();
  return (
    <Container>
      <Title order={1}>{t('home.title')}</Title>
    </Container>
  );
}
