import { readFileSync } from 'node:fs';
import type { Example, Media } from '../../../http/openapi/types.ts';

/**
 * One request of the story that the examples tell: a firm from its first day on. A test sends all of them in this order, at the
 * moments that they name, to a new server, and demands exactly these answers; so the ids in the examples are real ones.
 */
export interface Step {
  readonly operation: string;
  /** What is special about it, where an operation has several. */
  readonly summary?: string;
  /** The moment at which it is sent; the one of the step before when not given. */
  readonly at?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly answer?: unknown;
}

/** The chapters of the story, in their order. */
export const chapters = [
  'people',
  'jobs',
  'custom-fields',
  'projects',
  'time',
  'schedule',
  'time-off',
  'messages',
  'payroll',
  'sync',
  'webhooks',
] as const;

export type Chapter = (typeof chapters)[number];

/** Where a chapter is written down. */
export function chapterFile(chapter: Chapter): URL {
  return new URL(`./examples/${chapter}.json`, import.meta.url);
}

/** The steps of a chapter. */
export function stepsOf(chapter: Chapter): Step[] {
  return JSON.parse(readFileSync(chapterFile(chapter), 'utf8')) as Step[];
}

let byOperation: Map<string, Step[]> | undefined;

/** The examples of an operation, as the media types of its request and of its answer carry them. */
export function examplesOf(operationId: string): {
  readonly request: Pick<Media, 'examples'>;
  readonly answer: Pick<Media, 'examples'>;
} {
  byOperation ??= Map.groupBy(chapters.flatMap(stepsOf), ({ operation }) => operation);
  const steps = byOperation.get(operationId) ?? [];
  return {
    request: examples(steps.filter(({ body }) => body !== undefined).map((step) => [step, step.body])),
    answer: examples(steps.filter(({ answer }) => answer !== undefined).map((step) => [step, step.answer])),
  };
}

function examples(steps: readonly (readonly [Step, unknown])[]): Pick<Media, 'examples'> {
  if (steps.length === 0) return {};
  const entries = steps.map(([{ summary, query }, value], index): [string, Example] => [
    `example${index === 0 ? '' : index + 1}`,
    {
      ...(summary === undefined ? {} : { summary }),
      ...(query === undefined
        ? {}
        : { description: `Asked with \`?${new URLSearchParams(query)}\`.`, 'x-query': query }),
      value,
    },
  ]);
  return { examples: Object.fromEntries(entries) };
}
