import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangePassword, useSession } from '../../api/session.ts';
import { showRefusal } from '../../components/form.ts';
import { FormAlert } from '../../components/form-alert.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { tell } from '../../components/tell.ts';
import { Card } from './card.tsx';

const route = getRouteApi('/shell/account/password');

/** Gives a person another password: because he wants to, or because he must. */
export function ChangePassword() {
  const { t } = useTranslation();
  const { to } = route.useSearch();
  const router = useRouter();
  const session = useSession();
  const change = useChangePassword();
  const [refusal, setRefusal] = useState<string>();
  // What it was when the page was opened: saving changes the session, and the page must not change under the hands.
  const [must] = useState(session?.mustChangePassword ?? false);
  const form = useForm({ initialValues: { currentPassword: '', password: '' } });

  const submit = form.onSubmit(async ({ currentPassword, password }) => {
    setRefusal(undefined);
    try {
      await change.mutateAsync(must ? { password } : { password, currentPassword });
      tell(t('password.done'));
      await router.navigate({ href: to ?? '/' });
    } catch (error) {
      setRefusal(showRefusal(form, error));
    }
  });
  return (
    <Card title={must ? t('password.mustTitle') : t('password.title')} {...(must && { lead: t('password.mustLead') })}>
      <form onSubmit={submit}>
        <Stack>
          <FormAlert>{refusal}</FormAlert>
          <input type="text" autoComplete="username" value={session?.person.username ?? ''} readOnly hidden />
          {!must && (
            <PasswordField
              label={t('password.current')}
              autoComplete="current-password"
              required
              {...form.getInputProps('currentPassword')}
            />
          )}
          <PasswordField
            label={t('password.new')}
            description={t('password.hint')}
            autoComplete="new-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" mt="xs" loading={change.isPending}>
            {t('password.action')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
