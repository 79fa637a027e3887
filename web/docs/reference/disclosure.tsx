import { type ReactNode, useState } from 'react';
import classes from './reference.module.css';

/** A line that opens; what is below it is drawn when it is opened first. */
export function Disclosure({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <details className={classes.disclosure} onToggle={({ currentTarget }) => setOpened(opened || currentTarget.open)}>
      <summary>{summary}</summary>
      {opened && children}
    </details>
  );
}
