import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';

/** How long a page may still grow above the place that was asked for. */
const settling = 2000;

/** Brings the place that the address names into view, also on a page that is drawn later than it is opened. */
export function useAnchor(ready: boolean): void {
  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    const target = ready && hash !== '' ? document.getElementById(hash) : null;
    if (target === null) return undefined;
    const show = () => target.scrollIntoView();
    show();
    const observer = new ResizeObserver(show);
    observer.observe(document.body);
    const stop = () => observer.disconnect();
    const timer = setTimeout(stop, settling);
    const signs = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const;
    for (const sign of signs) window.addEventListener(sign, stop, { once: true, passive: true });
    return () => {
      clearTimeout(timer);
      stop();
      for (const sign of signs) window.removeEventListener(sign, stop);
    };
  }, [hash, ready]);
}
