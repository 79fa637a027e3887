import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** Tells for some seconds that something was done. */
export function tell(message: string, color?: string): void {
  notifications.show({
    message,
    ...(color !== undefined && { color }),
    closeButtonProps: { 'aria-label': i18next.t('close') },
  });
}

/** Tells that something was refused, where there is no form to say it in. */
export function tellFailure(error: Error): void {
  tell(error.message, 'red');
}
