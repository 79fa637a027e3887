import { Anchor, type AnchorProps } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

interface PortalLinkProps extends AnchorProps {
  /** A path of the app, with an anchor or without. */
  address: string;
  /** Texts with links in them fill it in themselves. */
  children?: ReactNode;
  onFollow?: () => void;
  'aria-current'?: 'page' | 'location';
}

/** A link whose address is known only at run time. It says itself whether it is where the reader is. */
export function PortalLink({ address, onFollow, ...props }: PortalLinkProps) {
  const open = useOpenAddress();
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onFollow?.();
    open(address);
  };
  return <Anchor {...props} href={address} onClick={follow} />;
}

/** Goes to an address of the app. */
export function useOpenAddress(): (address: string) => void {
  const navigate = useNavigate();
  return (address) => {
    const [path = '', hash] = address.split('#');
    // The router knows addresses by their patterns; what is not one of them shows the page for unknown addresses.
    void navigate({ to: path as '/docs', ...(hash === undefined ? {} : { hash }) });
  };
}
