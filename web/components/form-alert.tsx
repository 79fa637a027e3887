import { Alert } from '@mantine/core';
import classes from './form-alert.module.css';

/** What was refused about a form as a whole; read out when it comes. */
export function FormAlert({ children }: { children: string | undefined }) {
  return (
    <div role="alert" className={classes.alert}>
      {children !== undefined && <Alert color="red">{children}</Alert>}
    </div>
  );
}
