import { useTranslation } from 'react-i18next';
import type { ApplicationSecret } from '../../../../src/dialects/web/shapes.ts';
import type { Secret } from '../../../components/secret-modal.tsx';

/** What the dialog shows of an application whose secret was just told. */
export function useSecretOf(made: ApplicationSecret | undefined, title: string): Secret | undefined {
  const { t } = useTranslation();
  if (made === undefined) return undefined;
  return {
    title,
    values: [
      { label: t('access.applications.clientId'), value: made.application.clientId },
      { label: t('access.applications.clientSecret'), value: made.clientSecret },
    ],
  };
}
