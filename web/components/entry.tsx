import { Badge, Box, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './entry.module.css';

/** A fact of an entry: what it is called, and what it is. */
export type Fact = readonly [name: string, value: ReactNode];

interface EntryProps {
  readonly title: ReactNode;
  /** A word about its state; colour never says anything alone. */
  readonly state?: { readonly word: string; readonly color: string } | undefined;
  readonly description?: string;
  readonly facts: readonly Fact[];
  readonly actions?: ReactNode;
  /** Below the facts. */
  readonly children?: ReactNode;
}

/** One entry of a list. */
export function Entry({ title, state, description, facts, actions, children }: EntryProps) {
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between" gap="sm" align="flex-start">
          <Box flex="1 1 12rem" miw={0}>
            <Group gap="xs">
              <Text component="h3" fw={600} style={{ overflowWrap: 'anywhere' }}>
                {title}
              </Text>
              {state !== undefined && (
                <Badge variant="light" color={state.color}>
                  {state.word}
                </Badge>
              )}
            </Group>
            {description !== undefined && description !== '' && (
              <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {description}
              </Text>
            )}
          </Box>
          {actions !== undefined && <Group gap="xs">{actions}</Group>}
        </Group>
        <Facts facts={facts} />
        {children}
      </Stack>
    </Paper>
  );
}

/** Facts side by side, as many as there is room for. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A list of entries. */
export function Entries({ children, label }: { children: ReactNode; label: string }) {
  return (
    <Stack component="ul" gap="sm" m={0} p={0} aria-label={label} style={{ listStyle: 'none' }}>
      {children}
    </Stack>
  );
}
