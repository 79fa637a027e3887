import { useForm } from '@mantine/form';
import { useState } from 'react';
import { showRefusal } from './form.ts';

/**
 * The form of a dialog that makes something. What the server refuses stays in it, to be mended; when it was closed, or what it asks for
 * was made, it is empty again.
 */
export function useModalForm<Values extends Record<string, unknown>>(
  initialValues: Values,
  make: (values: Values) => Promise<void>,
  onClose: () => void,
) {
  const form = useForm<Values>({ initialValues });
  const [refusal, setRefusal] = useState<string>();
  const close = () => {
    form.reset();
    setRefusal(undefined);
    onClose();
  };
  const submit = form.onSubmit(async (values) => {
    setRefusal(undefined);
    try {
      await make(values);
      form.reset();
    } catch (error) {
      setRefusal(showRefusal(form, error));
    }
  });
  return { form, refusal, close, submit };
}
