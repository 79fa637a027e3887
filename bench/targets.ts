import type { Result } from './rounds.ts';

/** The least ratio of the product's rps to floor A's, by workload. */
export const targets: Readonly<Record<string, number>> = {
  page: 1.3,
  ids: 1,
  'ids-alone': 1,
  post: 0.8,
  batch: 0.7,
  clock: 0.7,
};

/** The median answer of page 501 may take so many times as long as that of page 1. */
export const slowestDeepPage = 10;

/** What fell short, a sentence each. */
export function missed(results: readonly Result[], deepOverFirst: number | undefined): string[] {
  const sentences: string[] = [];
  for (const { name, ratio } of results) {
    const target = targets[name];
    if (target !== undefined && ratio < target) sentences.push(`${name} reaches ${ratio} of the floor, not ${target}.`);
  }
  if (deepOverFirst !== undefined && deepOverFirst > slowestDeepPage) {
    sentences.push(`Page 501 takes ${deepOverFirst} times as long as page 1, not ${slowestDeepPage}.`);
  }
  return sentences;
}
