import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

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

const red: MantineColorsTuple = [
  '#fdeeee',
  '#fbe3e3',
  '#f6cfd0',
  '#ff9c9c',
  '#ee6a6f',
  '#dc3d45',
  '#c2222c',
  '#a8161f',
  '#a8161f',
  '#7d1118',
];

const yellow: MantineColorsTuple = [
  '#fdf6e0',
  '#faedc8',
  '#f4dd9c',
  '#f2d27a',
  '#e8bb45',
  '#c99410',
  '#a67608',
  '#855c05',
  '#6b4a04',
  '#573b03',
];

/** People fill in fields with their thumbs, and iOS zooms in on letters below 16 pixels. All fields are required but those that say so. */
const field = { defaultProps: { size: 'md', withAsterisk: false } };

/** Words on the colour of the brand are white on light and dark on dark; Mantine decides that once for both. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant === 'filled' && input.color === 'red') {
    return { ...colors, background: red[7], hover: red[9], color: '#fff' };
  }
  const onBrand = input.variant === 'filled' && (input.color ?? input.theme.primaryColor) === input.theme.primaryColor;
  return onBrand ? { ...colors, color: 'var(--mantine-primary-color-contrast)' } : colors;
};

/** Colours, type and spacing of the whole app. */
export const theme = createTheme({
  primaryColor: 'punch',
  primaryShade: { light: 8, dark: 4 },
  colors: { punch, gray, dark, red, yellow },
  black: '#17212b',
  autoContrast: true,
  variantColorResolver,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace',
  headings: { fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    TextInput: field,
    PasswordInput: field,
    Textarea: field,
    NativeSelect: field,
    Button: { defaultProps: { size: 'md' } },
    Badge: { defaultProps: { tt: 'none' } },
    Modal: {
      defaultProps: { overlayProps: { backgroundOpacity: 0.5 } },
      styles: { title: { fontWeight: 650, fontSize: 'var(--mantine-font-size-lg)' } },
    },
    Alert: { defaultProps: { variant: 'light' } },
  },
});

/** The page behind the cards, and the cards. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--page': gray[1],
    '--mantine-color-body': '#fff',
    '--mantine-color-anchor': punch[8],
    '--mantine-color-error': red[7],
  },
  dark: {
    '--page': dark[7],
    '--mantine-color-body': dark[6],
    '--mantine-color-anchor': punch[4],
    '--mantine-color-error': red[3],
  },
});
