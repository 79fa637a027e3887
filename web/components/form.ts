import type { UseFormReturnType } from '@mantine/form';
import { RequestFailed } from '../api/request.ts';

/** Puts what the server refused to the field at fault; gives the sentence back where it is about no field of the form. */
export function showRefusal<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  error: unknown,
): string | undefined {
  const sentence = error instanceof Error ? error.message : String(error);
  const field = error instanceof RequestFailed ? error.field : undefined;
  if (field === undefined || !(field in form.values)) return sentence;
  form.setFieldError(field, sentence);
  form.getInputNode(field)?.focus();
  return undefined;
}
