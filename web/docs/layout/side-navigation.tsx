import { NativeSelect } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { guides } from '../guides/content.ts';
import { addressOf, type Dialect, type ObjectPage, overviewOf } from '../reference/model.ts';
import { useApi } from '../reference/use-api.ts';
import classes from './layout.module.css';
import { NavigationGroup, NavigationLink } from './navigation-link.tsx';
import { PortalLink, useOpenAddress } from './portal-link.tsx';
import { useCurrentInView } from './use-current-in-view.ts';
import { useCurrentSection } from './use-current-section.ts';

/** The contents of the portal: guides, and the objects of one API at a time. */
export function SideNavigation({ onFollow = () => {} }: { onFollow?: () => void }) {
  const { t } = useTranslation('docs');
  const { dialects } = useApi();
  const path = useLocation({ select: ({ pathname }) => pathname.replace(/\/$/, '') });
  const openAddress = useOpenAddress();
  const dialect = dialects.find(({ name }) => `${path}/`.startsWith(`/docs/api/${name}/`)) ?? dialects[0];
  const nav = useCurrentInView(path);
  const inApi = path.startsWith('/docs/api/');
  const link = (address: string, title: string) => (
    <NavigationLink key={address} address={address} title={title} current={path === address} onFollow={onFollow} />
  );
  const open = (name: string) => {
    const chosen = dialects.find((candidate) => candidate.name === name);
    if (chosen !== undefined) openAddress(overviewOf(chosen));
  };
  return (
    <nav ref={nav} aria-label={t('nav.label')} className={classes.navigation}>
      <ul>
        {link('/docs', t('start.title'))}
        {link('/docs/changelog', t('changelog.title'))}
      </ul>
      {guides.length > 0 && (
        <details className={classes.fold} key={String(inApi)} open={!inApi}>
          <summary className={classes.group}>{t('nav.guides')}</summary>
          <ul aria-label={t('nav.guides')}>{guides.map(({ slug, title }) => link(`/docs/guides/${slug}`, title))}</ul>
        </details>
      )}
      {dialect !== undefined && (
        <>
          <NativeSelect
            mt="lg"
            size="sm"
            label={t('nav.api')}
            value={dialect.name}
            onChange={({ currentTarget }) => open(currentTarget.value)}
            data={dialects.map(({ name, title }) => ({ value: name, label: title }))}
          />
          <DialectNavigation dialect={dialect} path={path} onFollow={onFollow} />
        </>
      )}
    </nav>
  );
}

function DialectNavigation({ dialect, path, onFollow }: { dialect: Dialect; path: string; onFollow: () => void }) {
  const { t } = useTranslation('docs');
  const overview = overviewOf(dialect);
  const groups = dialect.groups.map(({ name, pages }) => (
    <NavigationGroup key={name} title={name}>
      {pages.map((page) => {
        const current = path === addressOf(page);
        return (
          <NavigationLink
            key={page.slug}
            address={addressOf(page)}
            title={page.name}
            current={current}
            onFollow={onFollow}
          >
            {current && <EndpointLinks page={page} onFollow={onFollow} />}
          </NavigationLink>
        );
      })}
    </NavigationGroup>
  ));
  return (
    <>
      <ul className={classes.overview}>
        <NavigationLink address={overview} title={t('nav.overview')} current={path === overview} onFollow={onFollow} />
      </ul>
      {groups}
    </>
  );
}

function EndpointLinks({ page, onFollow }: { page: ObjectPage; onFollow: () => void }) {
  const section = useCurrentSection(page.endpoints.map(({ id }) => id));
  if (page.endpoints.length === 0) return null;
  return (
    <ul className={classes.sublinks}>
      {page.endpoints.map(({ id, summary, method }) => (
        <li key={id}>
          <PortalLink
            address={`${addressOf(page)}#${id}`}
            className={classes.sublink}
            onFollow={onFollow}
            {...(section === id ? { 'aria-current': 'location' as const } : {})}
          >
            <span className={classes.method}>{method.toUpperCase()}</span>
            <span>{summary}</span>
          </PortalLink>
        </li>
      ))}
    </ul>
  );
}
