import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckIcon, CopyIcon } from './icons.tsx';

interface CopyProps {
  readonly value: string;
  /** What is copied, for those who can not see what stands beside the button. */
  readonly label: string;
  /** Shows words instead of a sign. */
  readonly withText?: boolean;
}

/** Copies a text; says for two seconds that it did. */
export function CopyButton({ value, label, withText = false }: CopyProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => setCopied(await copyText(value));
  const name = copied ? t('copy.done') : t('copy.this', { label });
  if (withText) {
    return (
      <Button
        variant="default"
        leftSection={copied ? <CheckIcon /> : <CopyIcon />}
        onClick={copy}
        aria-label={name}
        aria-live="polite"
      >
        {copied ? t('copy.done') : t('copy.copy')}
      </Button>
    );
  }
  return (
    <Tooltip label={name} withArrow>
      <ActionIcon variant="subtle" size="lg" onClick={copy} aria-label={name} aria-live="polite">
        {copied ? <CheckIcon /> : <CopyIcon />}
      </ActionIcon>
    </Tooltip>
  );
}

/** The clipboard is closed to pages that did not come over https; there the old way still works. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.setAttribute('readonly', '');
    // Inside an open dialog, which would take the focus back at once.
    const place = document.activeElement?.parentElement ?? document.body;
    place.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    return copied;
  }
}
