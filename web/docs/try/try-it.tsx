import { Button, Collapse } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Endpoint } from '../reference/model.ts';
import { TryForm } from './try-form.tsx';

/** Opens the form that sends a request of this endpoint to this server. */
export function TryIt({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('docs');
  const [opened, setOpened] = useState(false);
  const id = `${endpoint.id}-try`;
  return (
    <>
      <Button
        variant="light"
        size="xs"
        mt="sm"
        aria-expanded={opened}
        aria-controls={opened ? id : undefined}
        aria-label={t('try.openFor', { name: endpoint.summary })}
        onClick={() => setOpened(!opened)}
      >
        {t('try.open')}
      </Button>
      <Collapse expanded={opened}>
        <div id={id}>{opened && <TryForm endpoint={endpoint} />}</div>
      </Collapse>
    </>
  );
}
