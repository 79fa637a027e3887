import { Group, Text } from '@mantine/core';
import type { LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './link-card.module.css';
import { AnchorLink } from './links.tsx';

interface LinkCardProps {
  readonly to: NonNullable<LinkProps['to']>;
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
}

/** A card that leads to a page. */
export function LinkCard({ to, icon, title, text }: LinkCardProps) {
  return (
    <AnchorLink to={to} className={classes.card}>
      <Group wrap="nowrap" align="flex-start" gap="md">
        <span className={classes.icon}>{icon}</span>
        <span>
          <Text component="span" display="block" fw={600} c="var(--mantine-color-text)">
            {title}
          </Text>
          <Text component="span" display="block" size="sm" c="dimmed">
            {text}
          </Text>
        </span>
      </Group>
    </AnchorLink>
  );
}
