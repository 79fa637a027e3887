import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../src/dialects/web/shapes.ts';
import { useChangeApplication } from '../../../api/applications.ts';
import { showRefusal } from '../../../components/form.ts';
import { FormAlert } from '../../../components/form-alert.tsx';
import { Section } from '../../../components/section.tsx';
import { tell } from '../../../components/tell.ts';
import { ApplicationFields, inputOf, valuesOf } from './fields.tsx';

/** What an application says about itself. */
export function Details({ application }: { application: Application }) {
  const { t } = useTranslation();
  const change = useChangeApplication(application.clientId);
  const [refusal, setRefusal] = useState<string>();
  const form = useForm({ initialValues: valuesOf(application) });
  const submit = form.onSubmit(async (values) => {
    setRefusal(undefined);
    try {
      const answer = await change.mutateAsync(inputOf(values));
      form.setValues(valuesOf(answer.application));
      form.resetDirty();
      tell(t('saved'));
    } catch (error) {
      setRefusal(showRefusal(form, error));
    }
  });
  return (
    <Section title={t('access.applications.edit')}>
      <form onSubmit={submit}>
        <Stack>
          <FormAlert>{refusal}</FormAlert>
          <ApplicationFields form={form} />
          <Group>
            <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
              {t('access.applications.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
