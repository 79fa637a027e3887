import { Anchor, AppShell, Group } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Mark } from './mark.tsx';

/** The frame around every page: the bar with the navigation, and the page. */
export function Shell() {
  const { t } = useTranslation();
  return (
    <AppShell header={{ height: 56 }} padding="md">
      <AppShell.Header>
        <Group component="nav" h="100%" px="md" aria-label={t('nav.main')}>
          <Anchor renderRoot={(props) => <Link to="/" {...props} />}>
            <Group gap="xs">
              <Mark />
              {t('name')}
            </Group>
          </Anchor>
          <Anchor renderRoot={(props) => <Link to="/docs" {...props} />}>{t('nav.docs')}</Anchor>
        </Group>
      </AppShell.Header>
      <AppShell.Main id="content">
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
