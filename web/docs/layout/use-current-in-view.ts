import { type RefObject, useEffect, useRef } from 'react';

/** Keeps the entry of the present page in sight, in contents that scroll by themselves. Put the reference on the list. */
export function useCurrentInView(path: string): RefObject<HTMLElement | null> {
  const list = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page has an entry of its own.
  useEffect(() => {
    const entry = list.current?.querySelector('[aria-current=page]');
    const box = list.current?.parentElement;
    if (entry == null || box == null) return;
    const [inner, outer] = [entry.getBoundingClientRect(), box.getBoundingClientRect()];
    if (inner.top >= outer.top && inner.bottom + outer.height / 3 <= outer.bottom) return;
    box.scrollTop += inner.top - outer.top - outer.height / 3;
  }, [path]);
  return list;
}
