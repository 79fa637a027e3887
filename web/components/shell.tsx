import { AppShell, Burger, Drawer, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../src/dialects/web/shapes.ts';
import { useSession } from '../api/session.ts';
import { AccountMenu } from './account-menu.tsx';
import { AnchorLink, ButtonLink, NavigationLink } from './links.tsx';
import { Mark } from './mark.tsx';
import { SchemeSwitch } from './scheme-switch.tsx';
import classes from './shell.module.css';

const everyone = [
  { to: '/', name: 'nav.home', exact: true },
  { to: '/docs', name: 'nav.docs', exact: false },
] as const;
const forAdmins = { to: '/api-access', name: 'nav.access', exact: false } as const;

/** The frame around every page: the bar with the navigation, and the page. */
export function Shell() {
  const { t } = useTranslation();
  const session = useSession();
  const [opened, { toggle, close }] = useDisclosure();
  useFocusOnContent(close);
  useGuardsAgain(session);
  const signingIn = useLocation({ select: ({ pathname }) => pathname === '/account/sign-in' });
  const entries = session?.person.admin ? [everyone[0], forAdmins, everyone[1]] : session ? everyone : [everyone[1]];
  return (
    <AppShell header={{ height: 60 }} padding={{ base: 'md', sm: 'xl' }}>
      <a href="#content" className={classes.skip}>
        {t('nav.skip')}
      </a>
      <AppShell.Header
        className={session === null && !signingIn ? `${classes.header} ${classes.crowded}` : classes.header}
      >
        <Group h="100%" px={{ base: 'xs', sm: 'lg' }} gap="xs" wrap="nowrap">
          {entries.length > 1 && (
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" aria-label={t('nav.open')} size="sm" p={12} />
          )}
          <AnchorLink to="/" className={classes.brand}>
            <Mark />
            <span>{t('name')}</span>
          </AnchorLink>
          <Group
            component="nav"
            aria-label={t('nav.main')}
            ml={{ base: 0, sm: 'lg' }}
            gap={4}
            {...(entries.length > 1 && { visibleFrom: 'sm' })}
          >
            {entries.map(({ to, name, exact }) => (
              <AnchorLink key={to} to={to} activeOptions={{ exact }} className={classes.entry}>
                {t(name)}
              </AnchorLink>
            ))}
          </Group>
          <Group ml="auto" gap={4} wrap="nowrap">
            <SchemeSwitch />
            {session && <AccountMenu session={session} />}
            {session === null && !signingIn && (
              <ButtonLink to="/account/sign-in" variant="default" size="sm">
                {t('signIn.title')}
              </ButtonLink>
            )}
          </Group>
        </Group>
      </AppShell.Header>
      <Drawer
        opened={opened}
        onClose={close}
        hiddenFrom="sm"
        size="xs"
        title={<Text fw={600}>{t('name')}</Text>}
        closeButtonProps={{ 'aria-label': t('nav.close') }}
      >
        <Stack component="nav" aria-label={t('nav.main')} gap={4}>
          {entries.map(({ to, name, exact }) => (
            <NavigationLink key={to} to={to} activeOptions={{ exact }} label={t(name)} onClick={close} py="sm" />
          ))}
        </Stack>
      </Drawer>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

/** After a change of page, whoever works by keyboard or ear goes on at the new page's beginning. */
function useFocusOnContent(andClose: () => void): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || fromLocation === undefined) return;
        andClose();
        document.getElementById('content')?.focus({ preventScroll: true });
      }),
    [router, andClose],
  );
}

/** When a session ends elsewhere, the pages that need one ask for it again. */
function useGuardsAgain(session: Session | null | undefined): void {
  const router = useRouter();
  useEffect(() => {
    if (session === null) void router.invalidate();
  }, [session, router]);
}
