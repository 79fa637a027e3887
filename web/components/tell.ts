import { notifications } from '@mantine/notifications';

/** Tells that something was refused, where there is no form to say it in. */
export function tellFailure(error: Error): void {
  notifications.show({ message: error.message, color: 'red' });
}
