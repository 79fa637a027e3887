import { useLocalStorage } from '@mantine/hooks';
import { type LanguageName, languages } from './languages.ts';

/** The language in which code is shown, on every page and after the browser was closed. */
export function useLanguage(): [LanguageName, (language: string | null) => void] {
  const [kept, keep] = useLocalStorage<string>({
    key: 'openpunch-docs-language',
    defaultValue: 'curl',
    getInitialValueInEffect: false,
  });
  const found = languages.find(({ name }) => name === kept);
  return [found?.name ?? 'curl', (language) => keep(language ?? 'curl')];
}
