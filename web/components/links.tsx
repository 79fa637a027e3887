import { Anchor, type AnchorProps, Button, type ButtonProps, NavLink, type NavLinkProps } from '@mantine/core';
import { createLink, type LinkComponent } from '@tanstack/react-router';
import type { ReactNode, Ref } from 'react';

interface More {
  readonly ref?: Ref<HTMLAnchorElement>;
  readonly children?: ReactNode;
}

const anchor = (props: Omit<AnchorProps, 'href'> & More) => <Anchor {...props} />;
const button = (props: Omit<ButtonProps, 'href'> & More) => <Button component="a" {...props} />;
const item = (props: Omit<NavLinkProps, 'href'> & More) => <NavLink component="a" {...props} />;

/** A link within the app. */
export const AnchorLink: LinkComponent<typeof anchor> = createLink(anchor);

/** A link within the app that looks like a button. */
export const ButtonLink: LinkComponent<typeof button> = createLink(button);

/** An entry of a navigation. */
export const NavigationLink: LinkComponent<typeof item> = createLink(item);
