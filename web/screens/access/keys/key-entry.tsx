import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Key } from '../../../../src/dialects/web/shapes.ts';
import { type KeyKind, useRevokeKey } from '../../../api/keys.ts';
import { Confirm } from '../../../components/confirm.tsx';
import { Entry } from '../../../components/entry.tsx';
import { Expiry, LastUse, Moment } from '../../../components/moment.tsx';

/** One key, and the button that ends it. */
export function KeyEntry({ kind, data: key }: { kind: KeyKind; data: Key }) {
  const { t } = useTranslation();
  const revoke = useRevokeKey(kind);
  const [asking, { open, close }] = useDisclosure();
  const label = key.label === '' ? t('access.unnamed') : key.label;
  const expired = key.expiresAt !== null && Date.parse(key.expiresAt) <= Date.now();
  const { name, active } = key.person;
  return (
    <>
      <Entry
        title={label}
        state={expired ? { word: t('access.keys.expired'), color: 'gray' } : undefined}
        facts={[
          [t('access.keys.owner'), active ? name : t('access.keys.ownerArchived', { name })],
          [t('access.keys.created'), <Moment key="created" at={key.created} />],
          [t('access.keys.expires'), <Expiry key="expires" at={key.expiresAt} />],
          [t('access.keys.lastUsed'), <LastUse key="used" at={key.lastUsed} />],
        ]}
        actions={
          <Button variant="default" size="sm" onClick={open} aria-label={t('access.keys.revokeNamed', { label })}>
            {t('access.keys.revoke')}
          </Button>
        }
      />
      <Confirm
        opened={asking}
        title={t('access.keys.revokeTitle', { label })}
        text={t('access.keys.revokeText')}
        action={t('access.keys.revoke')}
        grave
        onClose={close}
        onConfirm={() => revoke.mutateAsync(key.id)}
      />
    </>
  );
}
