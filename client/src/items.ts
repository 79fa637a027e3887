import { ApiError, type ItemFailure } from './errors.ts';

/** The answer to a write of the TSheets REST API. */
export interface Batch {
  readonly results: { readonly [name: string]: { readonly [key: string]: unknown } };
}

type ItemOf<B extends Batch> = B['results'][keyof B['results']][string];

/** An item that was written. */
export type Written<B extends Batch> = Exclude<ItemOf<B>, { _status_extra: string }>;

/**
 * The items of a write, in the order of their keys, which is mostly that of the request. Throws an ApiError with `failures` where
 * an item was refused; the others are written all the same, and stand in its `body`.
 */
export function written<B extends Batch>(answer: B): Written<B>[] {
  const entries = Object.values(answer.results).flatMap((items) => Object.entries(items));
  const failures = entries.flatMap(([key, item]) => failureOf(key, item));
  if (failures.length > 0) {
    const [first] = failures;
    const others = failures.length === 1 ? '' : ` (and ${failures.length - 1} more)`;
    throw new ApiError(`Item ${first?.key}: ${first?.message}${others}`, {
      status: 200,
      code: first?.code,
      body: answer,
      failures,
    });
  }
  return entries.map(([, item]) => item as Written<B>);
}

function failureOf(key: string, item: unknown): ItemFailure[] {
  const {
    _status_code: status,
    _status_message: message,
    _status_extra: extra,
  } = item as Readonly<Record<string, unknown>>;
  const code = Number(status);
  if (code >= 200 && code < 300) return [];
  return [{ key, code, message: String(extra ?? message), item: item as Readonly<Record<string, unknown>> }];
}
