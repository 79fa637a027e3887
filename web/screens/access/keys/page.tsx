import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyKind, keysQuery } from '../../../api/keys.ts';
import { Entries } from '../../../components/entry.tsx';
import { KeyIcon } from '../../../components/icons.tsx';
import { Page } from '../../../components/page.tsx';
import { type Secret, SecretModal } from '../../../components/secret-modal.tsx';
import { Loaded, Nothing } from '../../../components/states.tsx';
import { Back } from '../back.tsx';
import { CreateKey } from './create.tsx';
import { KeyEntry } from './key-entry.tsx';

interface KeyPageProps {
  readonly kind: KeyKind;
  /** A first request with the key, for a terminal. */
  readonly usage: (secret: string) => string;
}

/** The company's keys of a kind: all of them, a new one, the end of one. */
export function KeyPage({ kind, usage }: KeyPageProps) {
  const { t } = useTranslation();
  const query = useQuery(keysQuery(kind));
  const [creating, { open, close }] = useDisclosure();
  const [secret, setSecret] = useState<Secret>();
  const title = t(`access.${kind}.title`);

  const made = (value: string) => {
    close();
    setSecret({
      title: t(`access.${kind}.made`),
      values: [
        { label: t(`access.${kind}.secret`), value },
        { label: t(`access.${kind}.usage`), value: usage(value), lines: true },
      ],
    });
  };
  const create = <Button onClick={open}>{t(`access.${kind}.create`)}</Button>;
  return (
    <Page
      title={title}
      lead={t(`access.${kind}.lead`)}
      back={<Back />}
      actions={query.data?.length ? create : undefined}
    >
      <Loaded query={query}>
        {(keys) =>
          keys.length === 0 ? (
            <Nothing
              icon={<KeyIcon size={28} />}
              title={t(`access.${kind}.none`)}
              description={t(`access.${kind}.noneText`)}
            >
              {create}
            </Nothing>
          ) : (
            <Entries label={title}>
              {keys.map((key) => (
                <KeyEntry key={key.id} kind={kind} data={key} />
              ))}
            </Entries>
          )
        }
      </Loaded>
      <CreateKey kind={kind} opened={creating} onClose={close} onMade={made} />
      <SecretModal secret={secret} onClose={() => setSecret(undefined)} />
    </Page>
  );
}
