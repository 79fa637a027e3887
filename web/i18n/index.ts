import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { docs } from './docs.en.ts';
import { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    returnNull: false;
    resources: { app: typeof en; docs: typeof docs };
  }
}

// Texts of the documentation (namespace docs) come with its own files: web/docs adds them when it is opened.
void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'app',
  ns: ['app'],
  resources: { en: { app: en } },
  initAsync: false,
  interpolation: { escapeValue: false },
});
