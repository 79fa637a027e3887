import { Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './layout.module.css';
import { PortalLink } from './portal-link.tsx';

/** A headed list of links. */
export function NavigationGroup({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <>
      <Text id={id} className={classes.group}>
        {title}
      </Text>
      <ul aria-labelledby={id}>{children}</ul>
    </>
  );
}

interface NavigationLinkProps {
  address: string;
  title: string;
  current: boolean;
  onFollow: () => void;
  /** What is on the page, below its link. */
  children?: ReactNode;
}

/** One page in the contents. */
export function NavigationLink({ address, title, current, onFollow, children }: NavigationLinkProps) {
  return (
    <li>
      <PortalLink
        address={address}
        className={classes.link}
        onFollow={onFollow}
        {...(current ? { 'aria-current': 'page' as const } : {})}
      >
        {title}
      </PortalLink>
      {children}
    </li>
  );
}
