import { Anchor, NativeSelect, PasswordInput, Text } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { Trans, useTranslation } from 'react-i18next';
import { Disclosure } from '../reference/disclosure.tsx';
import type { TryKey } from './use-try-key.ts';

/** Says as whom a request is sent, and takes another key. */
export function TryKeyField({ tryKey }: { tryKey: TryKey }) {
  const { t } = useTranslation('docs');
  const here = useLocation({ select: ({ href }) => href });
  const { session, apps, app, pasted } = tryKey;
  const field = (
    <PasswordInput
      size="xs"
      label={t('try.paste')}
      value={pasted}
      autoComplete="off"
      onChange={({ currentTarget }) => tryKey.paste(currentTarget.value)}
    />
  );
  if (session == null) {
    return (
      <>
        <Text size="sm">
          <Trans
            ns="docs"
            i18nKey="try.signIn"
            components={{
              signIn: (
                <Anchor
                  inherit
                  underline="always"
                  renderRoot={(root) => <Link to="/account/sign-in" search={{ to: here }} {...root} />}
                />
              ),
            }}
          />
        </Text>
        {field}
      </>
    );
  }
  return (
    <>
      <Text size="sm">{t('try.as', { name: session.person.name, company: session.company.name })}</Text>
      {apps !== undefined && apps.length > 0 && (
        <NativeSelect
          size="xs"
          label={t('try.app')}
          value={app}
          onChange={({ currentTarget }) => tryKey.chooseApp(currentTarget.value)}
          data={apps.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
      )}
      {apps !== undefined && apps.length === 0 && <Text size="sm">{t('try.noApps')}</Text>}
      <Disclosure summary={t('try.other')}>{field}</Disclosure>
    </>
  );
}
