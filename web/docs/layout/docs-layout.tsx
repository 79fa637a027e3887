import { Alert, Anchor, Button, Drawer, Group, Loader } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Outlet, useLocation } from '@tanstack/react-router';
import i18next from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { docs } from '../../i18n/docs.en.ts';
import { ApiContext, useApiQuery } from '../reference/use-api.ts';
import { SearchDialog } from '../search/search-dialog.tsx';
import './colours.css';
import classes from './layout.module.css';
import { SearchButton } from './search-button.tsx';
import { SideNavigation } from './side-navigation.tsx';

i18next.addResourceBundle('en', 'docs', docs);

/** The frame of the documentation: its contents at the side (in a drawer on narrow screens), search, and the page. */
export function DocsLayout() {
  const { t } = useTranslation('docs');
  const { data: api, error } = useApiQuery();
  const [drawer, { open: openDrawer, close: closeDrawer }] = useDisclosure(false);
  const [search, { open: openSearch, close: closeSearch }] = useDisclosure(false);
  useHotkeys([['mod+K', openSearch]], []);
  useHotkeys([['/', openSearch]]);
  const path = useLocation({ select: ({ pathname }) => pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes when another page opens.
  useEffect(closeDrawer, [path]);
  if (error !== null) {
    return (
      <Alert color="red" title={t('failure.title')}>
        {error.message}
      </Alert>
    );
  }
  if (api === undefined) return <Loader aria-label={t('failure.loading')} m="xl" />;
  return (
    <ApiContext value={api}>
      <div className={classes.layout}>
        <Anchor href="#page" className={classes.skip}>
          {t('nav.skip')}
        </Anchor>
        <div className={classes.side}>
          <SearchButton onClick={openSearch} />
          <SideNavigation />
        </div>
        <Group className={classes.bar} wrap="nowrap" gap="xs">
          <Button variant="default" size="xs" onClick={openDrawer}>
            {t('nav.contents')}
          </Button>
          <SearchButton onClick={openSearch} />
        </Group>
        <div id="page" tabIndex={-1} className={classes.page}>
          <Outlet />
        </div>
      </div>
      <Drawer
        opened={drawer}
        onClose={closeDrawer}
        title={t('nav.contents')}
        size="min(340px, 88vw)"
        closeButtonProps={{ 'aria-label': t('nav.close') }}
      >
        <SideNavigation onFollow={closeDrawer} />
      </Drawer>
      <SearchDialog opened={search} onClose={closeSearch} />
    </ApiContext>
  );
}
