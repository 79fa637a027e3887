import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { Page } from '../../components/page.tsx';
import { AccessCards } from './cards.tsx';

/** The first page of "API access". */
export function Overview() {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <Page title={t('access.title')} lead={t('access.lead', { company: session?.company.name ?? '' })}>
      <AccessCards />
    </Page>
  );
}
