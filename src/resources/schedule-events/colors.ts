/** The colours that an event may have. Reference: 30-schedule-events.md, Valid Schedule Event Colors. */
export const colors = [
  '#FAB3AE',
  '#F44336',
  '#F8C499',
  '#BF1959',
  '#E91E63',
  '#8A2731',
  '#888888',
  '#B3D9B5',
  '#43A047',
  '#009688',
  '#486B7A',
  '#78909C',
  '#A6D5FA',
  '#2196F3',
  '#3F51B5',
  '#673AB7',
  '#D7A8DF',
  '#9C27B0',
  '#010101',
  '#785548',
  '#EF6C00',
  '#CDC8A2',
  '#827717',
  '#6A5E72',
] as const;

/** Grey, the colour of an event that was given none. */
export const defaultColor = '#888888';
