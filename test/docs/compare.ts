/** Stands in what a guide prints for whatever differs from time to time. */
const anything = '…';

/**
 * Where a real answer differs from what a guide prints of it; nothing where it does not. A guide may leave out properties
 * and the ends of lists, and prints … for (a part of) a text that differs each time.
 */
export function differenceOf(printed: unknown, real: unknown, place = 'the answer'): string | undefined {
  if (typeof printed === 'string' && printed.includes(anything)) {
    return patternOf(printed).test(String(real)) ? undefined : `${place} is ${JSON.stringify(real)}, not ${printed}`;
  }
  if (printed === null || typeof printed !== 'object') {
    return printed === real ? undefined : `${place} is ${JSON.stringify(real)}, not ${JSON.stringify(printed)}`;
  }
  if (real === null || typeof real !== 'object' || Array.isArray(real) !== Array.isArray(printed)) {
    return `${place} is ${JSON.stringify(real)}`;
  }
  const entries = real as Readonly<Record<string, unknown>>;
  if (Object.keys(printed).length === 0 && Object.keys(real).length > 0) {
    return `${place} is not empty but ${JSON.stringify(real).slice(0, 200)}`;
  }
  for (const [key, value] of Object.entries(printed)) {
    // Which id a new row gets depends on what was written before, so another row that is as printed will do.
    if (key === 'id' && typeof value === 'number' && typeof entries.id === 'number') continue;
    const candidates = key in entries || !/^\d{4,}$/.test(key) ? [entries[key]] : Object.values(entries);
    const differences = candidates.map((entry) => differenceOf(value, entry, `${place}.${key}`));
    if (!differences.includes(undefined)) return differences[0] ?? `${place} has no ${key}`;
  }
  return undefined;
}

/** A text in which … stands for anything, between the lines of which blanks do not matter. */
export function patternOf(text: string): RegExp {
  const parts = text.split(anything).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\s+/g, '\\s*'));
  return new RegExp(`^${parts.join('[^]*')}$`);
}
