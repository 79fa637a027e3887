import { useTranslation } from 'react-i18next';
import { BackIcon } from '../../components/icons.tsx';
import { AnchorLink } from '../../components/links.tsx';
import classes from './frame.module.css';

/** The way back to the overview, where there is no room for the navigation. */
export function Back() {
  const { t } = useTranslation();
  return (
    <AnchorLink to="/api-access" size="sm" className={`${classes.back} ${classes.way}`}>
      <BackIcon size={16} />
      {t('access.back')}
    </AnchorLink>
  );
}
