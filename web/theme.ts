import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The colour of the brand. The server's own pages (src/http/pages/style.ts) use shade 8 on light and shade 4 on dark. */
const punch: MantineColorsTuple = [
  '#e5f3f0',
  '#c9e8e1',
  '#a4dccf',
  '#7bdfcc',
  '#54cdb6',
  '#2fae97',
  '#178c7a',
  '#0f7669',
  '#0b665a',
  '#084e45',
];

const gray: MantineColorsTuple = [
  '#f6f8fa',
  '#eef2f5',
  '#dde4ea',
  '#cbd5dd',
  '#b4c0ca',
  '#687785',
  '#52606d',
  '#3d4a56',
  '#2b3641',
  '#17212b',
];

const dark: MantineColorsTuple = [
  '#e9eef3',
  '#c5d0da',
  '#a9b6c2',
  '#8b99a6',
  '#3d4a56',
  '#2c3844',
  '#182028',
  '#0e1318',
  '#0a0e12',
  '#06090c',
];

/** Colours, type and spacing of the whole app. */
export const theme = createTheme({
  primaryColor: 'punch',
  primaryShade: { light: 8, dark: 4 },
  colors: { punch, gray, dark },
  black: '#17212b',
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace',
  headings: { fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** The page behind the cards, and the cards. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--page': gray[1], '--mantine-color-body': '#fff', '--mantine-color-anchor': punch[8] },
  dark: { '--page': dark[7], '--mantine-color-body': dark[6], '--mantine-color-anchor': punch[4] },
});
