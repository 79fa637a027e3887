import { Box } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';

/** Tells somebody who is no administrator why there is nothing for him here, and where to go. */
export function Refused() {
  const { t } = useTranslation();
  return (
    <Page title={t('access.refused.title')} lead={t('access.refused.text')} size="sm">
      <Box>
        <ButtonLink to="/docs">{t('access.refused.docs')}</ButtonLink>
      </Box>
    </Page>
  );
}
