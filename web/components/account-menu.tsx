import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../src/dialects/web/shapes.ts';
import { useSignOut } from '../api/session.ts';
import { Confirm } from './confirm.tsx';
import classes from './shell.module.css';

/** Who is signed in, and what he can do about that. */
export function AccountMenu({ session: { person, company } }: { session: Session }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const [asking, { open: ask, close: stopAsking }] = useDisclosure();
  const leave = (where: 'here' | 'everywhere') =>
    signOut.mutateAsync(where).then(() => navigate({ to: '/account/sign-in' }));
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <UnstyledButton className={classes.account} aria-label={t('account.menu', { name: person.name })}>
            <Avatar color="punch" size={34} aria-hidden="true" />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate>
              {person.name}
            </Text>
            <Text size="xs" truncate>
              {t('account.of', { username: person.username, company: company.name })}
            </Text>
          </Menu.Label>
          <Menu.Divider />
          <Menu.Item onClick={() => navigate({ to: '/account/password' })}>{t('account.password')}</Menu.Item>
          <Menu.Item onClick={() => void leave('here')}>{t('account.signOut')}</Menu.Item>
          <Menu.Item onClick={ask}>{t('account.signOutEverywhere')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asking}
        title={t('account.everywhere.title')}
        text={t('account.everywhere.text')}
        action={t('account.signOutEverywhere')}
        onClose={stopAsking}
        onConfirm={() => leave('everywhere')}
      />
    </>
  );
}
