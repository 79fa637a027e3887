import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './request.ts';

interface Sending<Input> {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string | ((input: Input) => string);
  /** What is sent; nothing when not given. */
  readonly body?: (input: Input) => unknown;
  /** What is read anew afterwards: the first word of query keys. */
  readonly touches: string;
}

/** A change of something on the server. It is done once the lists that show it have been read anew. */
export function useSend<Answer, Input = void>(sending: Sending<Input>): UseMutationResult<Answer, Error, Input> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => {
      const path = typeof sending.path === 'string' ? sending.path : sending.path(input);
      return request<Answer>(sending.method, path, sending.body?.(input));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: [sending.touches] }),
  });
}

/** The body is the input as it is. */
export const asGiven = <T>(input: T): T => input;
