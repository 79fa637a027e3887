import { useTranslation } from 'react-i18next';

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A moment in the browser's zone and language; the whole of it shows when it is pointed at. */
export function Moment({ at, withTime = false }: { at: string; withTime?: boolean }) {
  const moment = new Date(at);
  return (
    <time dateTime={at} title={exact.format(moment)}>
      {(withTime ? dayAndTime : day).format(moment)}
    </time>
  );
}

/** When something was used last. */
export function LastUse({ at }: { at: string | null }) {
  const { t } = useTranslation();
  return at === null ? t('moment.neverUsed') : <Moment at={at} withTime />;
}

/** When something ends, or ended. */
export function Expiry({ at }: { at: string | null }) {
  const { t } = useTranslation();
  return at === null ? t('moment.never') : <Moment at={at} />;
}
