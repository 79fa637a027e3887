import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './search.module.css';
import { SearchField } from './search-field.tsx';

/** Finds objects, guides, endpoints, properties, parameters and statuses; arrows choose, Enter opens. */
export function SearchDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('docs');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('search.title')}
      size="lg"
      yOffset="8vh"
      closeButtonProps={{ 'aria-label': t('search.close') }}
      classNames={{ body: classes.body, header: classes.header }}
    >
      <SearchField onDone={onClose} />
    </Modal>
  );
}
