import { Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckIcon } from '../../../components/icons.tsx';
import classes from './step.module.css';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly text: string;
  /** Whether its turn has come; until then only its title shows. */
  readonly open: boolean;
  readonly done: boolean;
  readonly children?: ReactNode;
}

/** One step of the walkthrough. */
export function Step({ number, title, text, open, done, children }: StepProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Paper component="section" withBorder p={{ base: 'md', sm: 'lg' }} aria-labelledby={id}>
      <div className={classes.step}>
        <span className={classes.number} data-done={done || undefined} aria-hidden="true">
          {done ? <CheckIcon size={16} /> : number}
        </span>
        <Title
          order={2}
          size="h4"
          id={id}
          aria-label={t('access.walk.step', { number, title })}
          lh="2rem"
          {...(!open && { c: 'dimmed' })}
        >
          {title}
        </Title>
        {open && (
          <Stack className={classes.content}>
            <Text c="dimmed">{text}</Text>
            {children}
          </Stack>
        )}
      </div>
    </Paper>
  );
}
