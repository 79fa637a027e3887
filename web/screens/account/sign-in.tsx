import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestFailed } from '../../api/request.ts';
import { useSignIn } from '../../api/session.ts';
import { showRefusal } from '../../components/form.ts';
import { FormAlert } from '../../components/form-alert.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { Card } from './card.tsx';

const route = getRouteApi('/shell/account/sign-in');

/** The company that somebody signed in to last in this browser. */
const lastCompany = 'openpunch-company';

/** Asks who it is. */
export function SignIn() {
  const { t } = useTranslation();
  const { to } = route.useSearch();
  const router = useRouter();
  const signIn = useSignIn();
  const [refusal, setRefusal] = useState<string>();
  const [wait, setWait] = useCountdown();
  const company = localStorage.getItem(lastCompany) ?? '';
  const form = useForm({ initialValues: { company, username: '', password: '' } });

  const submit = form.onSubmit(async (values) => {
    setRefusal(undefined);
    try {
      const { session } = await signIn.mutateAsync(values);
      localStorage.setItem(lastCompany, session?.company.address ?? values.company);
      if (session?.mustChangePassword) await router.navigate({ to: '/account/password', search: to ? { to } : {} });
      else await router.navigate({ href: to ?? '/' });
    } catch (error) {
      if (error instanceof RequestFailed) setWait(error.retryAfter ?? 0);
      setRefusal(showRefusal(form, error));
    }
  });
  const verbatim = { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false } as const;
  return (
    <Card title={t('signIn.title')}>
      <form onSubmit={submit}>
        <Stack>
          <FormAlert>{refusal}</FormAlert>
          <TextInput
            label={t('signIn.company')}
            description={t('signIn.companyHint')}
            autoComplete="organization"
            required
            autoFocus={company === ''}
            {...verbatim}
            {...form.getInputProps('company')}
          />
          <TextInput
            label={t('signIn.username')}
            autoComplete="username"
            required
            autoFocus={company !== ''}
            {...verbatim}
            {...form.getInputProps('username')}
          />
          <PasswordField
            label={t('signIn.password')}
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" mt="xs" loading={signIn.isPending} disabled={wait > 0}>
            {wait > 0 ? t('signIn.wait', { count: wait }) : t('signIn.title')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}

/** Seconds that are still to wait. */
function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}
