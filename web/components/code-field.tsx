import { Box, Group, Text } from '@mantine/core';
import classes from './code-field.module.css';
import { CopyButton } from './copy-button.tsx';

interface CodeFieldProps {
  readonly label: string;
  readonly value: string;
  /** Keeps the lines of a longer text and scrolls what is too wide; else it is broken anywhere. */
  readonly lines?: boolean;
}

/** A text for machines under its name, with a button that copies it. */
export function CodeField({ label, value, lines = false }: CodeFieldProps) {
  return (
    <Box>
      <Text size="sm" fw={500} mb={4}>
        {label}
      </Text>
      <Group className={classes.field} wrap="nowrap" align="flex-start" gap="xs">
        {lines ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
          <section className={classes.lines} tabIndex={0} aria-label={label}>
            <pre>{value}</pre>
          </section>
        ) : (
          <code className={classes.value}>{value}</code>
        )}
        <CopyButton value={value} label={label} />
      </Group>
    </Box>
  );
}
