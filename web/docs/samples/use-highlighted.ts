import { type RefObject, useEffect, useState } from 'react';

/** Code this long is shown without colours: the page would stand still for them. */
const longest = 60_000;

/** The code as HTML with colours, once it is about to be seen; undefined until then. */
export function useHighlighted(code: string, language: string, place: RefObject<Element | null>): string | undefined {
  const [seen, setSeen] = useState(false);
  const [done, setDone] = useState<{ code: string; html: string | undefined }>();
  useEffect(() => {
    if (place.current === null) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), {
      rootMargin: '600px',
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [place]);
  useEffect(() => {
    if (!seen || code.length > longest) return undefined;
    let current = true;
    void import('./highlight.ts').then(({ highlight }) => {
      if (current) setDone({ code, html: highlight(code, language) });
    });
    return () => {
      current = false;
    };
  }, [seen, code, language]);
  return done?.code === code ? done.html : undefined;
}
