import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Arrival, awaitArrival, readArrival } from './arrival.ts';
import { Step } from './step.tsx';

interface TakeCodeProps {
  readonly state: string;
  readonly open: boolean;
  readonly code: string;
  readonly onCode: (code: string) => void;
}

/** Step 3: the code, which comes from another tab or is pasted. */
export function TakeCode({ state, open, code, onCode }: TakeCodeProps) {
  const { t } = useTranslation();
  const [refusal, setRefusal] = useState<string>();
  const take = (arrived: Arrival) => {
    if (arrived.state !== state) return setRefusal(t('access.walk.wrongState'));
    if (arrived.code === undefined) return setRefusal(t('access.walk.refused', { reason: arrived.refusal }));
    setRefusal(undefined);
    return onCode(arrived.code);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: one channel for as long as the page waits.
  useEffect(() => (open ? awaitArrival(state, take) : undefined), [open, state]);
  const read = (text: string) => {
    const arrived = URL.canParse(text) ? readArrival(new URL(text).search) : undefined;
    if (arrived !== undefined) return take(arrived);
    setRefusal(undefined);
    return onCode(text.trim());
  };
  return (
    <Step number={3} title={t('access.walk.code')} text={t('access.walk.codeText')} open={open} done={code !== ''}>
      <TextInput
        label={t('access.walk.codeLabel')}
        description={t('access.walk.codeGone')}
        autoComplete="off"
        spellCheck={false}
        value={code}
        error={refusal}
        onChange={({ currentTarget: { value } }) => read(value)}
      />
    </Step>
  );
}
