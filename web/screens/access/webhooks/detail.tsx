import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { webhooksQuery } from '../../../api/webhooks.ts';
import { BackIcon, SendIcon } from '../../../components/icons.tsx';
import { AnchorLink, ButtonLink } from '../../../components/links.tsx';
import { Page } from '../../../components/page.tsx';
import { Loaded, Nothing } from '../../../components/states.tsx';
import classes from '../frame.module.css';
import { Deliveries } from './deliveries.tsx';
import { Details } from './details.tsx';
import { Upkeep } from './upkeep.tsx';

const route = getRouteApi('/shell/api-access/webhooks/$webhookId');

/** One webhook: what it delivered, what it is told of, its secret and its end. */
export function WebhookDetail() {
  const { t } = useTranslation();
  const { webhookId } = route.useParams();
  const query = useQuery(webhooksQuery);
  return (
    <Page
      title={t('access.webhooks.one')}
      back={
        <AnchorLink to="/api-access/webhooks" size="sm" className={classes.way}>
          <BackIcon size={16} />
          {t('access.webhooks.title')}
        </AnchorLink>
      }
    >
      <Loaded query={query}>
        {(webhooks) => {
          const webhook = webhooks.find(({ id }) => String(id) === webhookId);
          return webhook === undefined ? (
            <Nothing
              icon={<SendIcon size={28} />}
              title={t('access.webhooks.gone')}
              description={t('access.webhooks.goneText')}
            >
              <ButtonLink to="/api-access/webhooks">{t('access.webhooks.every')}</ButtonLink>
            </Nothing>
          ) : (
            <>
              <Upkeep webhook={webhook} />
              <Deliveries id={webhook.id} />
              <Details webhook={webhook} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
