// Runs before the page is drawn, so that somebody who has chosen dark or light never sees the other for a moment.
// Mantine keeps the choice under this name and reads this attribute.
const chosen = localStorage.getItem('mantine-color-scheme-value');
const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
