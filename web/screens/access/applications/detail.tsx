import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../src/dialects/web/shapes.ts';
import { applicationsQuery } from '../../../api/applications.ts';
import { AppIcon, BackIcon } from '../../../components/icons.tsx';
import { AnchorLink, ButtonLink } from '../../../components/links.tsx';
import { Page } from '../../../components/page.tsx';
import { Loaded, Nothing } from '../../../components/states.tsx';
import classes from '../frame.module.css';
import { Credentials } from './credentials.tsx';
import { Details } from './details.tsx';
import { Ending } from './ending.tsx';

const route = getRouteApi('/shell/api-access/applications/$clientId');

/** One application: what it says about itself, its credentials, and its end. */
export function ApplicationDetail() {
  const { t } = useTranslation();
  const { clientId } = route.useParams();
  const query = useQuery(applicationsQuery);
  const application = query.data?.find((candidate) => candidate.clientId === clientId);
  return (
    <Page
      title={application?.name ?? t('access.applications.title')}
      back={
        <AnchorLink to="/api-access/applications" size="sm" className={classes.way}>
          <BackIcon size={16} />
          {t('access.applications.title')}
        </AnchorLink>
      }
    >
      <Loaded query={query}>
        {() => (application === undefined ? <Gone /> : <Sections application={application} />)}
      </Loaded>
    </Page>
  );
}

function Sections({ application }: { application: Application }) {
  return (
    <>
      <Credentials application={application} />
      <Details application={application} />
      <Ending application={application} />
    </>
  );
}

function Gone() {
  const { t } = useTranslation();
  return (
    <Nothing
      icon={<AppIcon size={28} />}
      title={t('access.applications.gone')}
      description={t('access.applications.goneText')}
    >
      <ButtonLink to="/api-access/applications">{t('access.applications.all')}</ButtonLink>
    </Nothing>
  );
}
