import { Box, Group, Stack } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { NavigationLink } from '../../components/links.tsx';
import classes from './frame.module.css';
import { Refused } from './refused.tsx';
import { sections } from './sections.ts';

/** The frame of the pages below "API access": their navigation, and for who is no administrator a friendly word. */
export function Frame() {
  const { t } = useTranslation();
  const session = useSession();
  if (session?.person.admin === false) return <Refused />;
  return (
    <Group align="flex-start" wrap="nowrap" gap="xl" justify="center">
      <Stack component="nav" aria-label={t('access.sections')} className={classes.sections} gap={2}>
        <NavigationLink to="/api-access" activeOptions={{ exact: true }} label={t('access.overview')} />
        {sections.map(({ to, text, icon: Icon }) => (
          <NavigationLink key={to} to={to} label={t(`access.${text}.title`)} leftSection={<Icon />} />
        ))}
      </Stack>
      <Box className={classes.page}>
        <Outlet />
      </Box>
    </Group>
  );
}
