/** Every text that a person reads in the app, but for the documentation site (docs.en.ts). */
export const en = {
  name: 'OpenPunch',
  nav: {
    main: 'Main',
    home: 'Home',
    access: 'API access',
    docs: 'Documentation',
    skip: 'Skip to content',
    open: 'Open the menu',
    close: 'Close the menu',
  },
  home: {
    title: 'Home',
  },
  failure: {
    notFound: 'There is no page at this address.',
    broken: 'This page could not be shown.',
    home: 'Go to the start page',
    again: 'Try again',
  },
} as const;
